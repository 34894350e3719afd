import {z} from "zod";

/** Whether an address may be called: by https, or by http on this very machine, and with no name or password in it. */
export function isCallable(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const {protocol, hostname, username, password} = new URL(address);
  if (username !== "" || password !== "") return false;
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}

/** Whether a host, as an address names it, is this very machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}

/** The base address of a service, as a setting; it is given without a last slash. */
export const baseUrl = z
  .string()
  .refine(isCallable, "an address that begins with https:// and holds no password")
  .transform(address => address.replace(/\/+$/, ""));

/**
 * An address that one answer names for the next, such as Octopus's `next`, taken as it stands: null where it leads to another host, to an older
 * protocol, or nowhere, since the key goes with every call.
 */
export function nextOnSameHost(from: string, next: string): string | null {
  if (!URL.canParse(next, from)) return null;
  const [before, after] = [new URL(from), new URL(next, from)];
  if (before.host !== after.host || !isCallable(after.href)) return null;
  if (before.protocol === "https:" && after.protocol !== "https:") return null;
  return URL.canParse(next) ? next : after.href;
}

/** An address as it may be shown: without its query, which may hold a key. */
export function shownAddress(address: string): string {
  if (!URL.canParse(address)) return "an address that is none";
  const {origin, pathname} = new URL(address);
  return `${origin}${pathname}`;
}
