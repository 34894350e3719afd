import {writeFile} from "node:fs/promises";
import * as spreadsheet from "@e965/xlsx";

/** A sheet of text and numbers under one row of names. */
export interface WrittenSheet {
  readonly name: string;
  readonly columns: readonly {readonly name: string; readonly width: number}[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** Writes sheets as one xlsx workbook. Text is text whatever it begins with: nothing becomes a formula. */
export async function writeWorkbook(file: string, sheets: readonly WrittenSheet[]): Promise<void> {
  const book = spreadsheet.utils.book_new();
  for (const {name, columns, rows} of sheets) {
    const sheet = spreadsheet.utils.aoa_to_sheet([columns.map(column => column.name), ...rows.map(row => [...row])]);
    sheet["!cols"] = columns.map(({width}) => ({wch: width}));
    spreadsheet.utils.book_append_sheet(book, sheet, name);
  }
  await writeFile(file, spreadsheet.write(book, {type: "buffer", bookType: "xlsx"}));
}
