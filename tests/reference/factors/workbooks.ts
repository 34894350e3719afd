import {utils, write} from "@e965/xlsx";
import {flatFileIn} from "../../../src/commands/factors/open-flat-file.ts";
import type {FlatFile} from "../../../src/reference/factors/read-flat-file.ts";

/** A flat file read as the command reads it: opened by the archive, then read. */
export const readFlat = (bytes: Uint8Array, file = "flat.xlsx"): Promise<FlatFile> =>
  flatFileIn(Buffer.from(bytes), file);

export type Cells = (string | number | boolean | Date | null)[];

export const header2025: Cells = [
  "ID",
  "Scope",
  "Level 1",
  "Level 2",
  "Level 3",
  "Level 4",
  "Column Text",
  "UOM",
  "GHG/Unit",
  "GHG Conversion Factor 2025"
];

export const header2020: Cells = [
  "Scope",
  "Level 1",
  "Level 2",
  "Level 3",
  "Level 4",
  "Column Text",
  "UOM (simple)",
  "UOM",
  "GHG",
  "Lookup",
  "GHG Conversion Factor 2020"
];

/** A row in the layout of 2025; what is not given is that of gas oil by the litre. The figures are invented. */
export function row2025({
  id = "1_101_1014_8_1",
  scope = "Scope 1",
  level_1 = "Fuels",
  level_2 = "Liquid fuels",
  level_3 = "Gas oil",
  level_4 = null,
  text = null,
  uom = "litres",
  gas = "kg CO2e",
  factor = 2.5
}: Record<string, Cells[number]> = {}): Cells {
  return [id, scope, level_1, level_2, level_3, level_4, text, uom, gas, factor] as Cells;
}

const title: Cells[] = [["UK Government GHG Conversion Factors for Company Reporting"], ["Factors by Category"]];

/** A flat file as bytes: a front page, and the factors under the header on row 6, as in 2023 and 2025. */
export function flatFile(
  rows: readonly Cells[],
  {header = header2025, year = 2025, sheet = "Factors by Category", blankRows = 3}: FlatFileOptions = {}
): Uint8Array {
  const front: Cells[] = [...title, [], [null, "Next publication date: ", "June", "Factor set:", "Flat file"]];
  return workbook({
    "Front page": [...front, [null, "Version:", 1.2, "Year:", year]],
    [sheet]: [...title, ...Array.from({length: blankRows}, (): Cells => []), header, ...rows]
  });
}

export interface FlatFileOptions {
  readonly header?: Cells;
  readonly year?: number;
  readonly sheet?: string;
  readonly blankRows?: number;
}

export function workbook(sheets: Readonly<Record<string, readonly Cells[]>>): Uint8Array {
  const book = utils.book_new();
  for (const [name, rows] of Object.entries(sheets)) {
    utils.book_append_sheet(
      book,
      utils.aoa_to_sheet(
        rows.map(row => [...row]),
        {cellDates: true}
      ),
      name
    );
  }
  return new Uint8Array(write(book, {type: "buffer", bookType: "xlsx"}) as Buffer);
}
