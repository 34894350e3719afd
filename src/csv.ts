import {parse} from "csv-parse/sync";

/** One record of a small register: its cells by column name, trimmed; an empty cell is null. */
export interface RegisterRecord {
  readonly line: number;
  readonly cells: Readonly<Record<string, string | null>>;
}

/** The cells of one line of delimited text, quotes honoured; a quote that does not close is a character like any other. */
export function cellsOf(line: string, separator: string): string[] {
  try {
    const [cells] = parse(line, {delimiter: separator, relax_quotes: true, relax_column_count: true}) as string[][];
    return cells ?? [];
  } catch {
    return line.split(separator);
  }
}

/** A small file with a header row (RFC 4180), as registers and reference tables are. Rows of another width are an error. */
export function parseRegister(text: string): RegisterRecord[] {
  const records = parse(text, {bom: true, columns: true, trim: true, skip_empty_lines: true, info: true}) as {
    record: Record<string, string>;
    info: {lines: number};
  }[];
  return records.map(({record, info}) => ({
    line: info.lines,
    cells: Object.fromEntries(Object.entries(record).map(([name, cell]) => [name, cell === "" ? null : cell]))
  }));
}

/**
 * A table as CSV by RFC 4180, which is the tabular data standard of the UK government: UTF-8, one header row, CRLF. Text that a spreadsheet would
 * run as a formula gets an apostrophe before it; numbers stay numbers. Nothing stands for an unknown value.
 */
export function toCsv(header: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return [header, ...rows].map(row => `${row.map(cellText).join(",")}\r\n`).join("");
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return isoText(value);
  if (typeof value !== "string") return String(value);
  const inert = /^[=+\-@＝＋－＠\p{Cc}]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** A date where the instant is midnight, which is how dates travel; else the instant. */
export function isoText(instant: Date): string {
  const iso = instant.toISOString();
  return iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : iso;
}
