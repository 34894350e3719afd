import {recordsText} from "../../domain/csv.ts";
import {FeedError} from "../../errors.ts";
import type {Budget} from "./limits.ts";

/** A cell as the spreadsheet library gives it: type, value, number format. A `z` has no value. */
export interface Cell {
  readonly t: "n" | "s" | "b" | "e" | "z" | "d";
  readonly v?: unknown;
  readonly z?: string | number;
}

/** The cells of a sheet by row and column; both may have holes. */
export type Rows = readonly (readonly Cell[] | undefined)[];

const [mostRows, mostColumns] = [1_048_576, 16_384];
/** Cells of CSV, empty ones with them: a few cells far apart must not become a file that is all commas. */
const mostWritten = 100_000_000;

/** How many cells with a value there are. Throws `FeedError` where there are rows or columns that no sheet has. */
export function countCells(rows: Rows): number {
  let count = 0;
  if (rows.length > mostRows) throw new FeedError("the sheet has more rows than a sheet can have");
  for (const row of rows) {
    if (row === undefined) continue;
    if (row.length > mostColumns) throw new FeedError("the sheet has more columns than a sheet can have");
    for (const cell of row) if (cell !== undefined && cell.t !== "z") count += 1;
  }
  return count;
}

/** Whether any cell holds anything. */
export const hasCells = (rows: Rows) => rows.some(row => row?.some(holdsAnything));

const holdsAnything = (cell: Cell | undefined) => cell !== undefined && cell.t !== "z" && cell.v !== "";

/**
 * A sheet as CSV: UTF-8, commas, a line for each row from the first, all of one width from column A, and an empty line for an empty row, so that a
 * line's number is the row's. A cell is what it means, not how it is shown: see `cellText`. Merged cells fill nothing.
 */
export function sheetCsv(rows: Rows, dates: DateSystem, budget: Budget): Buffer {
  const ends = rows.map(row => (row?.findLastIndex(holdsAnything) ?? -1) + 1);
  let [width, filled, last] = [0, 0, 0];
  ends.forEach((end, index) => {
    if (end > 0) [width, filled, last] = [Math.max(width, end), filled + 1, index + 1];
  });
  if (filled * width > mostWritten) throw new FeedError("the sheet's cells lie too far apart to be a table");
  budget.spend({bytes: last + filled * width + textLength(rows)});
  const pieces: Buffer[] = [];
  for (let from = 0; from < last; from += linesAPiece) {
    const indexes = Array.from({length: Math.min(linesAPiece, last - from)}, (_, at) => from + at);
    const lines = indexes.map(index => (ends[index] ? lineOf(rows[index] ?? [], width, index, dates) : "\n"));
    pieces.push(Buffer.from(lines.join("")));
  }
  return Buffer.concat(pieces);
}

const linesAPiece = 1000;

/** Characters of text in a sheet: one text may be long and stand in every cell. */
function textLength(rows: Rows): number {
  let length = 0;
  for (const row of rows) for (const cell of row ?? []) if (typeof cell?.v === "string") length += cell.v.length;
  return length;
}

function lineOf(row: readonly Cell[], width: number, index: number, dates: DateSystem): string {
  const cells = Array.from({length: width}, (_, column) => {
    const cell = row[column];
    if (cell === undefined || cell.t === "z") return "";
    const text = cellText(cell, dates);
    if (text === null)
      throw new FeedError(`the sheet holds a value that cannot be read, at ${cellName(index, column)}`);
    return text;
  });
  return recordsText([cells], ",");
}

/** `B7` for the second column of the seventh row; both counted from 0 here. */
export function cellName(row: number, column: number): string {
  const letters = (number: number): string =>
    number < 0 ? "" : letters(Math.floor(number / 26) - 1) + String.fromCharCode(65 + (number % 26));
  return `${letters(column)}${row + 1}`;
}

/** How a workbook counts days, and which number formats are of dates. */
export interface DateSystem {
  readonly is1904: boolean;
  readonly isDateFormat: (format: string) => boolean;
}

const errorNames: Readonly<Record<number, string>> = {
  0: "#NULL!",
  7: "#DIV/0!",
  15: "#VALUE!",
  23: "#REF!",
  29: "#NAME?",
  36: "#NUM!",
  42: "#N/A",
  43: "#GETTING_DATA"
};

/**
 * What a cell means, as text. Text stays what was typed, `1.6E+12` too. A number has no exponent (`plainNumber`); a percentage is its number.
 * A date is `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, a time of day `HH:MM`, a duration `HH:MM` of all its hours. An error is its name. Null where
 * the library gives a value that no cell can have.
 */
export function cellText({t, v, z}: Cell, dates: DateSystem): string | null {
  if (t === "s") return typeof v === "string" ? v : null;
  if (t === "b") return v ? "TRUE" : "FALSE";
  if (t === "e") return errorNames[Number(v)] ?? "#ERROR!";
  if (t !== "n" || typeof v !== "number" || !Number.isFinite(v)) return null;
  const format = String(z ?? "General");
  if (!dates.isDateFormat(format)) return plainNumber(v);
  return dateText(v, format, dates.is1904) ?? plainNumber(v);
}

/**
 * A number without an exponent: an integer with all its digits, any other with the 15 significant digits that a sheet keeps. What lies beyond is the
 * noise of binary fractions, `1.7000000000000002`, which one writer leaves and the next does not.
 */
export function plainNumber(value: number): string {
  const kept = Number.isInteger(value) ? value : Number(value.toPrecision(15));
  const text = String(kept === 0 ? 0 : kept);
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!parts) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts;
  const digits = whole + fraction;
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, "0");
}

const [daySeconds, lastSerial] = [86_400, 2_958_466];

/**
 * A day count as a date or a time, by its number format; null where it is no date. Seconds are rounded: 1/48 of a day has no exact binary form.
 * Midnight at the end of a day, 1.0 as a time of day, is `00:00`, which is how a sheet shows it; as a duration it is `24:00`.
 */
function dateText(serial: number, format: string, is1904: boolean): string | null {
  if (serial < 0 || serial >= lastSerial) return null;
  const total = Math.round(serial * daySeconds);
  const [days, seconds] = [Math.floor(total / daySeconds), total % daySeconds];
  const shows = shownBy(format);
  if (shows.isDuration) return clock(total);
  if (!shows.hasDate && days <= 1 && (days === 0 || seconds === 0)) return clock(seconds);
  const date = dayText(days, is1904);
  return shows.hasTime || seconds > 0 ? `${date} ${clock(seconds, true)}` : date;
}

/** `HH:MM`, and `:SS` where asked for or where there are any. */
function clock(total: number, withSeconds = false): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  return `${two(hours)}:${two(minutes)}${withSeconds || seconds > 0 ? `:${two(seconds)}` : ""}`;
}

/** Day 1 is 1900-01-01 and day 60 the 29th of February 1900, which never was; or day 0 is 1904-01-01. */
function dayText(days: number, is1904: boolean): string {
  if (!is1904 && days === 0) return "1900-01-00";
  if (!is1904 && days === 60) return "1900-02-29";
  const first = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  return new Date(first + days * daySeconds * 1000).toISOString().slice(0, 10);
}

/** Which of date and time a number format shows. An `m` beside hours or seconds is minutes. */
function shownBy(format: string): {hasDate: boolean; hasTime: boolean; isDuration: boolean} {
  const first = format.replaceAll(/"[^"]*"|\\.|_.|\*./g, "").split(";")[0] ?? "";
  const isDuration = /\[(h+|m+|s+)\]/i.test(first);
  const letters = first.replaceAll(/\[[^\]]*\]/g, "").replaceAll(/AM\/PM|A\/P/gi, "h");
  const withoutMinutes = letters.replaceAll(/(h+[^a-z]*)m+/gi, "$1").replaceAll(/m+([^a-z]*s)/gi, "$1");
  return {hasDate: /[ydmgbe]/i.test(withoutMinutes), hasTime: /[hs]/i.test(withoutMinutes), isDuration};
}
