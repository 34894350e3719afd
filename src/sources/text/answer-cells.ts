import {FeedError} from "../../errors.ts";
import {isPlainDecimal} from "./decimal.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object or list that a JSON file holds. @throws FeedError where it is damaged or cut off. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw new FeedError("not JSON, or cut off");
  }
}

/** What a field holds, as a list. @throws FeedError where it is none. */
export function listIn(object: unknown, field: string): readonly unknown[] {
  const list = isObject(object) ? object[field] : undefined;
  if (!Array.isArray(list)) throw new FeedError(`no list of ${field}`);
  return list;
}

/** A field's text, or "" where it holds none. */
export function textIn(object: unknown, field: string): string {
  const value = isObject(object) ? object[field] : undefined;
  return typeof value === "string" ? value : "";
}

/** A quantity as a cell: its digits, "" where there is none, and null where it is no number at all. */
export function quantityCell(value: unknown): string | null {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : null;
  return typeof value === "string" && isPlainDecimal(value) ? value : null;
}

/** What stands in the message about a thing that should have been another. */
export const shownValue = (value: unknown) => `"${String(JSON.stringify(value)).slice(0, 60).replaceAll('"', "")}"`;
