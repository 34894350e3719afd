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

const stamped = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** The instant of a stamp that says its offset from UTC; null where it says none, or is no time there is. */
export function instantOf(stamp: unknown): Date | null {
  const parts = typeof stamp === "string" ? stamped.exec(stamp) : null;
  if (parts === null || !isRealTime(`${parts[1]}T${parts[2]}`)) return null;
  const instant = new Date(String(stamp));
  return Number.isNaN(instant.getTime()) ? null : instant;
}

const isRealTime = (text: string) => {
  const at = Date.parse(`${text}Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
};

/** An instant as a cell of a layout whose clock is UTC: "2026-03-29 00:30:00". */
export const utcCell = (instant: Date) => instant.toISOString().slice(0, 19).replace("T", " ");

const london = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/London",
  dateStyle: "short",
  timeStyle: "medium"
});

/** An instant as a layout's time of issue: British local time, "2026-06-24 15:16:13". */
export const issueCell = (instant: Date) => london.format(instant);

/** What stands in the message about a thing that should have been another. */
export const shownValue = (value: unknown) => `"${String(JSON.stringify(value)).slice(0, 60).replaceAll('"', "")}"`;
