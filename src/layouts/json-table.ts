import {recordsText} from "../domain/csv.ts";

/** Whether a text may be a list in JSON. */
export const mayBeList = (head: string) => /^\ufeff?\s*\[\s*\{/.test(head);

/**
 * A list of flat rows in JSON as a table: a header of every name in the order in which they come first, and a line for each row. Null where the text is
 * anything else: an open data store answers so, where it gives CSV as well.
 */
export function tableOfJson(text: string): string | null {
  const rows = listIn(text);
  if (rows === null || rows.length === 0 || !rows.every(isFlat)) return null;
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))];
  return recordsText([names, ...rows.map(row => names.map(name => cellOf(row[name])))], ",");
}

function listIn(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

const isFlat = (row: unknown): row is Readonly<Record<string, unknown>> =>
  typeof row === "object" &&
  row !== null &&
  !Array.isArray(row) &&
  Object.values(row).every(value => typeof value !== "object" || value === null);

const cellOf = (value: unknown) =>
  value === null || value === undefined ? "" : String(value).replaceAll(/[\r\n]+/g, " ");
