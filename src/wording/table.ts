import {columnOfInstants} from "../domain/dates.ts";
import {inert} from "../effects.ts";

/** Rows as a table of text: columns as wide as they need, numbers to the right. */
export function textTable(header: readonly string[], rows: readonly (readonly unknown[])[]): string[] {
  const written = header.map((name, column) =>
    columnOfInstants(
      name,
      rows.map(row => row[column])
    )
  );
  const cells = rows.map(row => row.map((value, column) => cellText(value, written[column])));
  const names = header.map(inert);
  const widths = names.map((name, column) => Math.max(name.length, ...cells.map(row => row[column]?.length ?? 0)));
  const isRight = header.map((_, column) => rows.length > 0 && rows.every(row => isNumber(row[column])));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (isRight[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  return [line(names), line(widths.map(width => "─".repeat(width))), ...cells.map(line)];
}

const isNumber = (value: unknown) => typeof value === "number" || typeof value === "bigint" || value === null;

/** One value as text; lists and structures as JSON. */
function cellText(value: unknown, written: ((instant: Date) => string) | undefined): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return written?.(value) ?? value.toISOString();
  if (typeof value === "object") return JSON.stringify(value, jsonValue);
  return inert(String(value));
}

/** What JSON cannot say, as JSON can. */
export function jsonValue(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return value;
}
