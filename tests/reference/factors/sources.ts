import {createHash} from "node:crypto";
import {readFile} from "node:fs/promises";
import {read, utils, type WorkBook} from "@e965/xlsx";
import {realPath} from "../../support/real-data.ts";

type Cells = readonly unknown[];

/** A workbook as another library reads it, so that canopy's reader is not judge of itself. Sheets as rows of cells, from row 1. */
export interface SourceBook {
  readonly sha256: string;
  sheet(name: string): readonly Cells[];
}

const books = new Map<string, Promise<SourceBook>>();

export function readBook(file: string): Promise<SourceBook> {
  const book = books.get(file) ?? openBook(file);
  books.set(file, book);
  return book;
}

async function openBook(file: string): Promise<SourceBook> {
  const bytes = await readFile(realPath(`factors/${file}`));
  const workbook = read(bytes);
  return {sha256: createHash("sha256").update(bytes).digest("hex"), sheet: name => rowsOf(workbook, name)};
}

const sheets = new Map<unknown, Cells[]>();

function rowsOf(workbook: WorkBook, name: string): Cells[] {
  const sheet = workbook.Sheets[name];
  if (sheet === undefined) throw new Error(`no such sheet: ${name}`);
  const rows = sheets.get(sheet) ?? utils.sheet_to_json<Cells>(sheet, {header: 1, raw: true, blankrows: true});
  sheets.set(sheet, rows as Cells[]);
  return rows as Cells[];
}

/** A source such as `conversion-factors-2024.xlsx: Business travel- land, row 53, Petrol` taken apart. Rows count from 1. */
export function parseSource(source: string) {
  const match = /^(\S+): (.+), rows? (\d+)(?:-(\d+))?(?:, (.+))?$/.exec(source);
  if (match === null) throw new Error(`not the place of a figure: ${source}`);
  const [, file = "", sheet = "", first = "", last = first, under = null] = match;
  return {file, sheet, first: Number(first), last: Number(last), under};
}

const plain = (cell: unknown) =>
  String(cell ?? "")
    .trim()
    .toLowerCase();
const gasOf = (label: unknown) =>
  (/co2e of (co2|ch4|n2o) per unit/.exec(plain(label)) ?? /kg (co2e|co2|ch4|n2o)/.exec(plain(label)))?.[1];

export interface Place {
  /** Every label above and beside the figures, lower case. */
  readonly labels: readonly string[];
  /** The figures by gas; a cell that is not a number is left out. */
  readonly kg: Readonly<Record<string, number>>;
}

/**
 * A row of a condensed workbook: the nearest header above it names the gases; activity and fuel stand once, at the top of their rows. Where there are
 * columns for several fuels, `under` is the one above the header.
 */
export function placeInTable(rows: readonly Cells[], row: number, under: string | null = null): Place {
  const index = row - 1;
  const isHeader = (cells: Cells) => cells.some(cell => plain(cell) === "activity");
  const top = rows.slice(0, index).findLastIndex(isHeader);
  const header = rows[top] ?? [];
  const first = header.findIndex(cell => plain(cell) === "activity");
  const unit = header.findIndex(cell => plain(cell) === "unit");
  const above = (column: number) => {
    for (let at = index; at > top; at -= 1) {
      if (plain(rows[at]?.[column]) !== "") return plain(rows[at]?.[column]);
    }
    return "";
  };
  const fuels = rows[top - 1] ?? [];
  const fuelOf = (column: number) => plain(fuels.slice(0, column + 1).findLast(cell => plain(cell) !== ""));
  const kg = header.flatMap((label, column): [string, number][] => {
    const [gas, value] = [gasOf(label), rows[index]?.[column]];
    const isUnder = under === null || fuelOf(column) === plain(under);
    return gas !== undefined && typeof value === "number" && isUnder ? [[gas, value]] : [];
  });
  if (new Set(kg.map(([gas]) => gas)).size !== kg.length) throw new Error(`more than one fuel in row ${row}`);
  const labels = [above(first), above(first + 1), plain(rows[index]?.[unit])];
  return {labels: under === null ? labels : [...labels, plain(under)], kg: Object.fromEntries(kg)};
}

/** Rows of a flat file: a gas each, the figure in the last cell of the row; those of another unit between them are passed over. */
export function placeInFlatFile(rows: readonly Cells[], first: number, last: number): Place {
  const header = rows.find(cells => cells.some(cell => plain(cell) === "level 1")) ?? [];
  const column = (name: string) => header.findIndex(cell => plain(cell).startsWith(name));
  const cells = rows.slice(first - 1, last);
  const at = (name: string) => plain(cells[0]?.[column(name)]);
  const gas = header.findIndex(cell => /^ghg(\/unit)?$/.test(plain(cell)));
  const uom = header.findIndex(cell => plain(cell) === "uom");
  const unit = plain(cells[0]?.[uom]);
  const kg = cells
    .filter(row => plain(row[uom]) === unit)
    .map(row => [gasOf(row[gas]), row[column("ghg conversion factor")]]);
  return {
    labels: [at("level 2"), at("level 3"), unit, at("column text")],
    kg: Object.fromEntries(kg) as Record<string, number>
  };
}
