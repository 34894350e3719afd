import {createHmac} from "node:crypto";

/** A registration as it is compared: no spaces or hyphens, upper case. */
export function foldRegistration(text: string): string {
  return text.replace(/[\s\u00a0-]+/g, "").toUpperCase();
}

/**
 * What stands for a registration in the warehouse: the first 32 hexadecimal digits of its HMAC-SHA256 under the council's key. Without the key it
 * cannot be found again; the same registration always gives the same.
 */
export function pseudonymOf(registration: string, key: string): string {
  return createHmac("sha256", key).update(foldRegistration(registration)).digest("hex").slice(0, 32);
}
