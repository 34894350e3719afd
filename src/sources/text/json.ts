import {FeedError} from "../../errors.ts";

/** A JSON text's strings, or its numbers: what stands in a string is no number. */
const stringsAndNumbers = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * What a JSON text holds, with each number as the text of its digits: an amount keeps every digit that was sent, and a long identifier its last.
 *
 * @throws FeedError where it is no JSON, such as one that is cut off.
 */
export function exactJson(text: string): unknown {
  const plain = text.replace(/^\ufeff/, "");
  try {
    JSON.parse(plain);
    return JSON.parse(plain.replace(stringsAndNumbers, token => (token.startsWith('"') ? token : `"${token}"`)));
  } catch {
    throw new FeedError("not JSON, or cut off");
  }
}

/** Whether a thing is a JSON object. */
export function isObject(thing: unknown): thing is Readonly<Record<string, unknown>> {
  return typeof thing === "object" && thing !== null && !Array.isArray(thing);
}

/** A text or number that is there and not blank, without spaces around it; null else. */
export function textOf(thing: unknown): string | null {
  return typeof thing === "string" && thing.trim() !== "" ? thing.trim() : null;
}
