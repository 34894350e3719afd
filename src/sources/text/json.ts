import {FeedError} from "../../errors.ts";
import {decimalText, isPlainDecimal} from "./decimal.ts";

/**
 * Answers in JSON: the only place of the sources that parses one. A file is read by `readJson`, or by `exactJson` where amounts must keep every digit that
 * was sent; what it holds is taken out by the functions below, which take anything and throw nothing but `FeedError`.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * What a JSON text holds; a byte-order mark before it is passed over.
 *
 * @throws FeedError where it is not whole: such a file was cut off or is something else.
 */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (cause) {
    throw new FeedError("not whole JSON: damaged or cut off", {cause});
  }
}

/** Whether a text is whole JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A JSON text's strings, or its numbers: what stands in a string is no number. */
const stringsAndNumbers = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * What a JSON text holds, with each number as the text of its digits: an amount keeps every digit that was sent, and a long identifier its last.
 *
 * @throws FeedError where it is not whole.
 */
export function exactJson(text: string): unknown {
  readJson(text);
  return readJson(text.replace(stringsAndNumbers, token => (token.startsWith('"') ? token : `"${token}"`)));
}

/** Whether a value is an object: neither a list nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object that a value is; an empty one where it is something else. */
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** What a field holds, as a list. @throws FeedError where it is none. */
export function listIn(object: unknown, field: string): readonly unknown[] {
  const list = objectOf(object)[field];
  if (!Array.isArray(list)) throw new FeedError(`no list of ${field}`);
  return list;
}

/** A field's text as it is, or "" where it holds none. */
export function textIn(object: unknown, field: string): string {
  const value = objectOf(object)[field];
  return typeof value === "string" ? value : "";
}

/** A text that is not blank, without spaces around it; null for anything else. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

/** A quantity, as a number or as text, in plain digits; "" where there is none, and null where it is no number at all. */
export function quantityCell(value: unknown): string | null {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "number") return Number.isFinite(value) ? decimalText(value) : null;
  return typeof value === "string" && isPlainDecimal(value) ? value : null;
}

/** What stands in the message about a thing that should have been another. */
export const shownValue = (value: unknown) => `"${String(JSON.stringify(value)).slice(0, 60).replaceAll('"', "")}"`;
