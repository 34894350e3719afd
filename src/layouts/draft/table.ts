import {cellsOf} from "../../domain/csv.ts";
import {hasMpanCheckDigit} from "../../domain/meter-points.ts";
import {plain} from "../../wording/numbers.ts";
import {isDate} from "./dates.ts";

/** One record of a file, its cells trimmed, and the line it stands on. */
export interface TableRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/** A file seen as a table: where its header stands and which rows are below it. */
export interface Table {
  readonly separator: string;
  /** 0 where there is no header; the names are then made up. */
  readonly headerLine: number;
  readonly names: readonly string[];
  /** Rows as wide as the header, below it. */
  readonly rows: readonly TableRow[];
  /** Rows below the header of another width. */
  readonly oddRows: readonly TableRow[];
  readonly preamble: readonly string[];
  /** How many tables of one header stand under one another, each with lines of its own above it. */
  readonly tables: number;
}

/** One column of a table. */
export interface TableColumn {
  readonly index: number;
  readonly name: string;
  readonly cells: readonly string[];
}

/** A file of which no draft can be made, and why, in words. */
export interface NoDraft {
  readonly reason: string;
}

const separators = [",", ";", "\t", "|"];
const mostColumns = 500;
const mostRows = 20_000;
/** How far down a header may stand, as everywhere in canopy. */
const headRecords = 40;

/** The table in the first part of a file's text. */
export function tableIn(text: string): Table | NoDraft {
  const problem = noTextIn(text);
  if (problem !== null) return {reason: problem};
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  const {separator, width} = separatorOf(lines.filter(line => line.trim() !== "").slice(0, 400));
  if (width < 2) return {reason: "it has one column: nothing in it is separated by commas, semicolons, tabs or bars"};
  if (width > mostColumns) return {reason: `it has ${plain(width)} columns: too many for a file of half-hours`};
  const records = lines
    .slice(0, mostRows)
    .map((line, index) => ({cells: cellsOf(line, separator).map(cell => cell.trim()), line: index + 1}))
    .filter(({cells}) => cells.some(cell => cell !== ""));
  const isFull = ({cells}: TableRow) => cells.length === width && cells.filter(cell => cell !== "").length > width / 2;
  const heads = records.filter(record => record.line <= headRecords && isFull(record));
  const first = isTitle(heads[0]) ? (heads.find(isAllWords) ?? heads[0]) : heads[0];
  if (first === undefined) return {reason: `its first ${headRecords} lines have no column headings`};
  const dates = first.cells.filter(isDate).length;
  const isRow = (dates > 0 && dates <= 2) || first.cells.some(hasMpanCheckDigit);
  if (isRow && first.line > 1)
    return {
      reason: `line ${first.line} holds readings but has no column headings above it: remove the lines above, or add column headings`
    };
  return tableFrom(records, first, {separator, width, isRow, lines});
}

/** A line above a narrow table that fills most of its cells, such as "MPAN,1600000000010,": it lacks a cell, and has no date. */
const isTitle = (record: TableRow | undefined) =>
  record?.cells.includes("") === true && record.cells.some(hasMpanCheckDigit) && !record.cells.some(isDate);

const isAllWords = ({cells}: TableRow) =>
  cells.every(cell => cell !== "" && Number.isNaN(Number(cell)) && !isDate(cell));

function tableFrom(
  records: readonly TableRow[],
  first: TableRow,
  {separator, width, isRow, lines}: {separator: string; width: number; isRow: boolean; lines: readonly string[]}
): Table | NoDraft {
  const headerLine = isRow ? 0 : first.line;
  const names = isRow ? first.cells.map((_, index) => `column ${index + 1}`) : first.cells;
  const below = records.filter(({line, cells}) => line > headerLine && cells.join() !== names.join());
  const rows = below.filter(({cells}) => cells.length === width);
  if (rows.length === 0) return {reason: `there are no rows below the column headings in line ${headerLine}`};
  const heads = records.filter(({cells}) => !isRow && cells.join() === names.join()).map(({line}) => line);
  const isOdd = (record: TableRow) =>
    record.cells.length !== width || record.cells.filter(cell => cell !== "").length < width / 4 || isTitle(record);
  const isAbove = ({line}: TableRow) => {
    const next = heads.find(head => head > line);
    return next !== undefined && records.every(other => other.line <= line || other.line >= next || isOdd(other));
  };
  const own = below.filter(record => isOdd(record) && isAbove(record));
  const oddRows = below.filter(record => record.cells.length !== width && !own.includes(record));
  const preamble = lines.slice(0, Math.max(0, headerLine - 1));
  const tables = own.length === 0 ? 1 : heads.length;
  return {separator, headerLine, names, rows: rows.filter(row => !own.includes(row)), oddRows, preamble, tables};
}

function noTextIn(text: string): string | null {
  const odd = [...text.slice(0, 20_000)].filter(letter => /[^\P{Cc}\t\r\n]|\ufffd/u.test(letter)).length;
  if (odd > Math.min(text.length, 20_000) / 100)
    return "it is not text: its bytes are of a program, a picture or the like";
  if (/^\s*[[{]/.test(text)) return "it is JSON, and a draft needs CSV: ask the sender for CSV";
  if (/^\s*</.test(text)) return "it is a web page or XML, and a draft needs CSV: ask the sender for CSV";
  return null;
}

/** The separator between most cells: the one whose commonest width, by lines and columns, covers most of the file, and whose cells hold no other. */
function separatorOf(lines: readonly string[]): {separator: string; width: number} {
  const tried = separators.map((separator, place) => {
    const records = lines.map(line => cellsOf(line, separator));
    const counts = new Map<number, number>();
    for (const {length} of records.filter(each => each.length > 1)) counts.set(length, (counts.get(length) ?? 0) + 1);
    const widths = [...counts].sort((a, b) => Math.min(b[1], 2) - Math.min(a[1], 2) || b[0] * b[1] - a[0] * a[1]);
    const [[width, count] = [1, 0]] = widths;
    const cells = records.filter(each => each.length === width).flat();
    const torn = cells.filter(cell =>
      separators.slice(1).some((other, at) => at + 1 !== place && cell.includes(other))
    );
    return {separator, width, covers: torn.length > cells.length / 4 ? 0 : width * count};
  });
  const [best] = tried.sort((a, b) => b.covers - a.covers);
  return best === undefined || best.covers === 0 ? {separator: ",", width: 1} : best;
}

/** The columns of a table. */
export function columnsIn({names, rows}: Table): TableColumn[] {
  return names.map((name, index) => ({name, index, cells: rows.map(({cells}) => cells[index] ?? "")}));
}

/** The different texts of a column that are not empty. */
export const valuesOf = ({cells}: Pick<TableColumn, "cells">) => [...new Set(cells.filter(cell => cell !== ""))];

/** Whether a column is named by one of these words, wherever its name's own words meet: read_date, ReadDate. */
export const isNamed = ({name}: Pick<TableColumn, "name">, words: RegExp) =>
  words.test(name) || words.test(name.replaceAll("_", " ").replaceAll(/([a-z])([A-Z])/g, "$1 $2"));
