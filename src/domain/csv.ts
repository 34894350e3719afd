import {parse} from "csv-parse/sync";
import {columnOfInstants} from "./dates.ts";

/** One record of a small register: its cells by column name, trimmed; an empty cell is null. */
export interface RegisterRecord {
  readonly line: number;
  readonly cells: Readonly<Record<string, string | null>>;
}

/** From how many characters on a line is long: JSON on one line, which is tried as every form of table before it is known. */
const longLine = 10_000;
/** The long line that was parted last, and its cells by separator. */
let parted = {line: "", cells: new Map<string, string[]>()};

/** The cells of one line of delimited text, quotes honoured; a quote that does not close is a character like any other. */
export function cellsOf(line: string, separator: string): string[] {
  const plain = plainCellsOf(line, separator);
  if (plain !== null) return plain;
  if (line.length < longLine) return quotedCellsOf(line, separator);
  if (parted.line !== line) parted = {line, cells: new Map()};
  const cells = parted.cells.get(separator) ?? quotedCellsOf(line, separator);
  parted.cells.set(separator, cells);
  return [...cells];
}

function quotedCellsOf(line: string, separator: string): string[] {
  try {
    const [cells] = parse(line, {delimiter: separator, relax_quotes: true, relax_column_count: true}) as string[][];
    return cells ?? [];
  } catch {
    return line.split(separator);
  }
}

/** The cells of a line in which none, or each as a whole, is quoted, and no quoted one holds a quote or the separator: most lines, quickly. */
function plainCellsOf(line: string, separator: string): string[] | null {
  if (/[\r\n]/.test(line) || line === "") return null;
  const parts = line.split(separator);
  if (!line.includes('"')) return parts;
  const isWhole = (part: string) => part.length > 1 && part.startsWith('"') && part.indexOf('"', 1) === part.length - 1;
  if (!parts.every(part => isWhole(part) || !part.includes('"'))) return null;
  return parts.map(part => (part.startsWith('"') ? part.slice(1, -1) : part));
}

/** Every record of delimited text as its cells, those of an empty line too: the place of a record is its number. */
export function recordsOf(text: string): string[][] {
  return parse(text, {relax_column_count: true}) as string[][];
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
 * run as a formula gets an apostrophe before it; numbers stay numbers; a column of instants is written in one way (see `columnOfInstants`). Nothing stands for an unknown value.
 */
export function toCsv(header: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const written = header.map((name, column) =>
    columnOfInstants(
      name,
      rows.map(row => row[column])
    )
  );
  const line = (row: readonly unknown[]) =>
    `${row.map((value, column) => cellText(value, written[column])).join(",")}\r\n`;
  return [header, ...rows].map(line).join("");
}

/** Records as delimited text, a line each, quoted where a cell needs it; what a cell holds is not changed. */
export function recordsText(records: readonly (readonly string[])[], separator: string): string {
  const quoted = (cell: string) =>
    cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return records.map(cells => `${cells.map(quoted).join(separator)}\n`).join("");
}

function cellText(value: unknown, written: ((instant: Date) => string) | undefined): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return written?.(value) ?? value.toISOString();
  if (typeof value !== "string") return String(value);
  const inert = /^[=+\-@＝＋－＠\p{Cc}]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
