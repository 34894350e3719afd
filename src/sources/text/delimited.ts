import {cellsOf} from "../../domain/csv.ts";
import {FeedError} from "../../errors.ts";
import type {RejectedRecord} from "../record-format.ts";
import {filledLines} from "./lines.ts";

/** What a column may be called, by what it holds: the first name that the header has is taken. */
export type ColumnNames<Column extends string> = Readonly<Record<Column, readonly string[]>>;

/** One row: the line it begins on, and its cells by what they hold, without spaces around them; "" where the file has no such column. */
export interface DelimitedRow<Column extends string> {
  readonly line: number;
  readonly cell: Readonly<Record<Column, string>>;
}

/** A file with a header: its rows, and those whose cells are not as many as the header's. */
export interface Delimited<Column extends string> {
  readonly rows: readonly DelimitedRow<Column>[];
  readonly misshapen: readonly RejectedRecord[];
  readonly has: (column: Column) => boolean;
}

/** One line of delimited text and its cells, trimmed; null where a quote of it has no partner, so that nobody knows where they end. */
export interface DelimitedLine {
  readonly line: number;
  readonly cells: readonly string[] | null;
}

/** Lines within which a header stands: portals put a title or two above it. */
const headerWithin = 10;

/**
 * Reads delimited text (comma, semicolon or tab) by the names in its header, whatever their order, case, spaces and signs.
 *
 * @throws FeedError where the header lacks one of `required` (where it is a list: all of that list).
 */
export function readDelimited<Column extends string>(
  text: string,
  names: ColumnNames<Column>,
  required: readonly (Column | readonly Column[])[]
): Delimited<Column> {
  const records = delimitedLines(text);
  const header = headerOf(records, names);
  const has = (column: Column) => header.places.has(column);
  const missing = required.filter(column => ![column].flat().some(one => has(one as Column)));
  if (missing.length > 0)
    throw new FeedError(`line ${header.line}: the header has no column for ${missing.map(named).join(", ")}`);
  const body = records.filter(({line}) => line > header.line);
  const misshapen = body.flatMap(record => misshape(record, header.width));
  const isWhole = (record: DelimitedLine) => misshape(record, header.width).length === 0;
  const cellsBy = (cells: DelimitedLine["cells"]) =>
    Object.fromEntries(Object.keys(names).map(column => [column, cells?.[header.places.get(column) ?? -1] ?? ""]));
  const rows = body.filter(isWhole).map(({line, cells}) => ({line, cell: cellsBy(cells) as Record<Column, string>}));
  return {rows, misshapen, has};
}

function misshape({line, cells}: DelimitedLine, width: number): RejectedRecord[] {
  if (cells === null) return [{line, rule: "a quote has its partner", value: ""}];
  const isWhole = cells.length >= width && cells.slice(width).every(cell => cell === "");
  return isWhole ? [] : [{line, rule: `a row has ${width} cells, as the header has`, value: String(cells.length)}];
}

/** Whether a text has, among its first lines, a header with all of these columns. */
export function hasHeader<Column extends string>(
  head: string,
  names: ColumnNames<Column>,
  columns: readonly (Column | readonly Column[])[]
): boolean {
  const top = head.split(/\r\n|\n|\r/, headerWithin).join("\n");
  if (top.includes("\0")) return false;
  const {places} = headerOf(delimitedLines(top), names);
  return columns.every(column => [column].flat().some(one => places.has(one)));
}

const named = (column: string | readonly string[]) => [column].flat().join(" or ").replaceAll("_", " ");

function headerOf<Column extends string>(records: readonly DelimitedLine[], names: ColumnNames<Column>) {
  const found = records.slice(0, headerWithin).map(({line, cells}) => {
    const titles = (cells ?? []).map(folded);
    const width = titles.findLastIndex(title => title !== "") + 1;
    return {line, width, places: placesIn(titles, names)};
  });
  const none = {line: 1, width: 0, places: new Map<string, number>()};
  return found.reduce((best, one) => (one.places.size > best.places.size ? one : best), none);
}

function placesIn<Column extends string>(titles: readonly string[], names: ColumnNames<Column>): Map<string, number> {
  const entries = Object.entries<readonly string[]>(names).map(([column, aliases]) => {
    const alias = aliases.map(folded).find(name => titles.includes(name));
    return [column, alias === undefined ? -1 : titles.indexOf(alias)] as const;
  });
  return new Map(entries.filter(([, place]) => place >= 0));
}

const folded = (title: string) => title.toLowerCase().replace(/[^a-z0-9]/g, "");

/**
 * The lines of delimited text that are not blank.
 *
 * @throws FeedError where a NUL says that the text is another encoding's.
 */
export function delimitedLines(text: string): DelimitedLine[] {
  if (text.includes("\0"))
    throw new FeedError("the file holds NUL characters: it is no plain text, or cut off in writing");
  const lines = filledLines(text);
  const separator = separatorOf(lines.slice(0, headerWithin).map(({text}) => text));
  const cells = (text: string) =>
    text.split('"').length % 2 === 0 ? null : cellsOf(text, separator).map(cell => cell.trim());
  return lines.map(({line, text}) => ({line, cells: cells(text)}));
}

function separatorOf(lines: readonly string[]): string {
  const count = (separator: string) => Math.max(0, ...lines.map(line => line.split(separator).length));
  return [",", ";", "\t"].reduce((best, one) => (count(one) > count(best) ? one : best));
}
