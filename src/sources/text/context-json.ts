import {FeedError} from "../../errors.ts";

/**
 * An answer as JSON.
 *
 * @throws FeedError where it is not whole: such a file was cut off or is something else.
 */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw new FeedError("not whole JSON: the file is cut off, damaged or something else");
  }
}

/** The object that a value is; an empty one where it is something else. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** A number as exact decimal text in plain digits ("0.0000001", never "1e-7"): the shortest that means the same number. */
export function decimalText(value: number): string {
  const text = String(value === 0 ? 0 : value);
  if (!text.includes("e")) return text;
  return value.toLocaleString("en", {useGrouping: false, maximumFractionDigits: 100});
}
