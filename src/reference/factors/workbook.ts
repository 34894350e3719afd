import {readFile} from "node:fs/promises";
import {basename} from "node:path";
import readXlsxFile from "read-excel-file/node";
import {FeedError} from "../../errors.ts";

/**
 * A cell as stored: numbers are the workbook's own doubles, text is trimmed, an empty cell is null. So is a cell that holds a spreadsheet error
 * (`#REF!`), which the library does not tell apart.
 */
export type Cell = string | number | boolean | Date | null;

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

/** Reads an .xlsx workbook from a path, or from bytes that came under the name `file`. Anything else is a FeedError naming the file. */
export async function readWorkbook(source: string | Uint8Array, file = nameOf(source)): Promise<Workbook> {
  const refuse = (what: string) => (error: Error) => {
    throw new FeedError(`${file}: ${what}: ${error.message}`, {cause: error});
  };
  const bytes =
    typeof source === "string" ? await readFile(source).catch(refuse("cannot be read")) : Buffer.from(source);
  const sheets = await readXlsxFile(bytes).catch(refuse("not an .xlsx workbook"));
  return {file, sheets: sheets.map(({sheet, data}) => ({name: sheet, rows: data as unknown as Cell[][]}))};
}

function nameOf(source: string | Uint8Array): string {
  return typeof source === "string" ? basename(source) : "a workbook without a name";
}
