import {FeedError} from "../../errors.ts";
import {plainLabel} from "./labels.ts";
import type {Cell, Sheet, Workbook} from "./workbook.ts";

/** The columns a flat file must have, by our name; the header of `factor` ends in the year of the set. */
const headers = {
  scope: /^scope$/,
  level_1: /^level 1$/,
  level_2: /^level 2$/,
  level_3: /^level 3$/,
  level_4: /^level 4$/,
  column_text: /^column text$/,
  uom: /^uom$/,
  gas: /^ghg(\/unit)?$/,
  factor: /^ghg conversion factor \d{4}$/
} as const;

export type FlatColumn = keyof typeof headers;
const columnNames = Object.keys(headers) as FlatColumn[];

/** Where the factors of a flat file are: the sheet, the row of the header (from 1) and the place of each column (from 0). */
export interface FlatLayout {
  readonly sheet: Sheet;
  readonly headerRow: number;
  readonly columns: Readonly<Record<FlatColumn, number>>;
  readonly factorSet: number;
}

/**
 * Finds the sheet and the header by what they hold. The 2020 file has no ID column, its header on row 5 and a second, simpler unit column that is
 * not read; the files of 2023 and 2025 have their header on row 6. Where no row is a whole header, the error names what the nearest one lacks.
 */
export function findFlatLayout({file, sheets}: Workbook): FlatLayout {
  const candidates = sheets.flatMap(sheet =>
    sheet.rows.slice(0, 50).map((row, index) => candidateOf(sheet, row, index))
  );
  const [best] = candidates.sort((a, b) => a.lacking.length - b.lacking.length);
  if (best === undefined || best.lacking.length > columnNames.length / 2) {
    const names = sheets.map(({name}) => name).join(", ");
    if (sheets.some(isCondensed))
      throw new FeedError(
        `${file}: a condensed or full set, laid out for people and without well-to-tank in one place: bring the flat file of that year ("flat file for automatic processing")`
      );
    throw new FeedError(
      `${file}: no sheet has the header of the government flat file (Scope, Level 1 … UOM, GHG): ${names}`
    );
  }
  const {sheet, headerRow, row, columns, lacking} = best;
  if (lacking.length > 0) {
    throw new FeedError(`${file}, ${sheet.name}, row ${headerRow}: the header lacks ${lacking.join(", ")}`);
  }
  return {sheet, headerRow, columns, factorSet: Number(String(row[columns.factor]).slice(-4))};
}

/** Whether a sheet has the tables of the sets for people: a column of activities, one of units and one of kg CO2e. */
function isCondensed({rows}: Sheet): boolean {
  return rows.slice(0, 50).some(row => {
    const names = row.map(cell => plainLabel(cell ?? ""));
    return names.includes("activity") && names.includes("unit") && names.includes("kg co2e");
  });
}

function candidateOf(sheet: Sheet, row: readonly Cell[], index: number) {
  const names = row.map(cell => plainLabel(cell ?? ""));
  const columns = Object.fromEntries(
    columnNames.map(column => [column, names.findIndex(name => headers[column].test(name))])
  ) as Record<FlatColumn, number>;
  return {sheet, headerRow: index + 1, row, columns, lacking: columnNames.filter(column => columns[column] === -1)};
}

/** What the front page says of the set, where there is one: its version as printed (`1`, `1.1`) and its year. */
export function readFrontPage({sheets}: Workbook): {version: string | null; year: number | null} {
  const beside = (label: RegExp) => {
    for (const row of sheets.flatMap(({rows}) => rows.slice(0, 10))) {
      const beside = row[row.findIndex(cell => cell !== null && label.test(cell)) + 1];
      if (row.some(cell => cell !== null && label.test(cell)) && beside) return beside;
    }
    return null;
  };
  const year = beside(/^year:$/i);
  return {version: beside(/^version:$/i), year: year === null ? null : Number(year)};
}
