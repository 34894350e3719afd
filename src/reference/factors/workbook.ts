import {recordsOf} from "../../domain/csv.ts";
import {FeedError} from "../../errors.ts";

/** A cell as text, trimmed: a number with the 15 digits that a sheet keeps. An empty cell is null. */
export type Cell = string | null;

/** A sheet of a workbook. `rows[0]` is the first row of the sheet, whatever it holds. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

export interface Workbook {
  /** The file's name, as errors print it. */
  readonly file: string;
  readonly sheets: readonly Sheet[];
}

/** The workbook whose sheets were written out as CSV, a line a row. A FeedError names the sheet that could not be. */
export function workbookOf(
  file: string,
  sheets: readonly {readonly name: string; readonly csv: Buffer | FeedError}[]
): Workbook {
  return {file, sheets: sheets.map(({name, csv}) => ({name, rows: rowsOf(file, csv)}))};
}

function rowsOf(file: string, csv: Buffer | FeedError): Cell[][] {
  if (csv instanceof FeedError) throw new FeedError(`${file}: ${csv.message}`, {cause: csv});
  return recordsOf(csv.toString("utf8")).map(cells => cells.map(cell => cell.trim() || null));
}
