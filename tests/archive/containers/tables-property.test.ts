import * as spreadsheet from "@e965/xlsx";
import {parse} from "csv-parse/sync";
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {plainNumber} from "../../../src/archive/containers/cells.ts";
import {bring} from "./bring.ts";

/** A cell to be written, and the text it must be read as. */
interface Meant {
  readonly cell: spreadsheet.CellObject | null;
  readonly text: string;
}

const words = fc
  .string({unit: fc.constantFrom(..."aZ09 ,\"'\n;=+-£€é<>&|".split("")), maxLength: 12})
  .map((text): Meant => ({cell: {t: "s", v: text}, text}));
const decimals = fc
  .tuple(fc.integer({min: -(10 ** 12), max: 10 ** 12}), fc.integer({min: 0, max: 6}))
  .map(
    ([digits, places]): Meant => ({cell: {t: "n", v: Number(`${digits}e-${places}`)}, text: decimal(digits, places)})
  );
const identifiers = fc
  .bigInt({min: 0n, max: 10n ** 14n})
  .map((number): Meant => ({cell: {t: "n", v: Number(number)}, text: number.toString()}));
const truths = fc.boolean().map((v): Meant => ({cell: {t: "b", v}, text: v ? "TRUE" : "FALSE"}));
const nothing = fc.constant<Meant>({cell: null, text: ""});
/** Days from 1900-03-01 to 2099, to the minute. */
const stamps = fc
  .tuple(fc.integer({min: 61, max: 73_050}), fc.integer({min: 0, max: 1439}))
  .map(([day, minute]): Meant => {
    const instant = new Date(Date.UTC(1899, 11, 30 + day, 0, minute));
    const text = instant.toISOString().slice(0, 19).replace("T", " ");
    return {cell: {t: "n", v: day + minute / 1440, z: "dd/mm/yyyy hh:mm"}, text};
  });
const times = fc.integer({min: 0, max: 1439}).map((minute): Meant => {
  const text = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  return {cell: {t: "n", v: minute / 1440, z: "hh:mm"}, text};
});

const tables = fc.array(
  fc.array(fc.oneof(words, decimals, identifiers, truths, nothing, stamps, times), {minLength: 1, maxLength: 6}),
  {
    minLength: 1,
    maxLength: 8
  }
);

function decimal(digits: number, places: number): string {
  const text = String(Math.abs(digits)).padStart(places + 1, "0");
  const [whole, fraction] = [text.slice(0, text.length - places), text.slice(text.length - places).replace(/0+$/, "")];
  return `${digits < 0 ? "-" : ""}${whole}${fraction && `.${fraction}`}`;
}

function written(table: readonly (readonly Meant[])[], bookType: "xlsx" | "biff8"): Buffer {
  const sheet: spreadsheet.WorkSheet = {"!ref": `A1:F${table.length}`};
  for (const [at, row] of table.entries())
    for (const [column, {cell}] of row.entries())
      if (cell) sheet[spreadsheet.utils.encode_cell({r: at, c: column})] = cell;
  const book = spreadsheet.utils.book_new();
  spreadsheet.utils.book_append_sheet(book, sheet, "Data");
  return spreadsheet.write(book, {type: "buffer", bookType, bookSST: table.length % 2 === 0});
}

/** The table as it must come back: every row of the widest row's width, empty rows and columns at the end left out. */
function expected(table: readonly (readonly Meant[])[]): string[][] {
  const ends = table.map(row => row.findLastIndex(({text}) => text !== "") + 1);
  const width = Math.max(...ends);
  const last = ends.findLastIndex(end => end > 0) + 1;
  return table
    .slice(0, last)
    .map((row, at) => (ends[at] ? Array.from({length: width}, (_, c) => row[c]?.text ?? "") : [""]));
}

describe.each(["xlsx", "biff8"] as const)("any table written as %s", bookType => {
  test("is read back as the same", async () => {
    await fc.assert(
      fc.asyncProperty(tables, async table => {
        const brought = await bring(bookType === "xlsx" ? "a.xlsx" : "a.xls", written(table, bookType));
        const rows = expected(table);
        if (rows.length === 0) expect(brought).toBe("refused: a workbook without any cells");
        else expect(parse((brought as Record<string, string>).Data ?? "", {relax_column_count: true})).toEqual(rows);
      }),
      {numRuns: 150}
    );
  });
});

describe("a number as text", () => {
  test("means the number to 15 digits, and has no exponent", () => {
    fc.assert(
      fc.property(fc.double({noNaN: true, noDefaultInfinity: true}), value => {
        const text = plainNumber(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).toBe(Number.isInteger(value) ? value + 0 || 0 : Number(value.toPrecision(15)));
      })
    );
  });
});
