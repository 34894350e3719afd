import * as spreadsheet from "@e965/xlsx";
import {describe, expect, test} from "vitest";
import {bring} from "./bring.ts";
import {type Book, formats, n, row, shared, text, xlsxEntries, xlsxFile} from "./xlsx-file.ts";
import {zipFile} from "./zip-file.ts";

const bringBook = (book: Book) => bring("meters.xlsx", xlsxFile(book));
/** What one sheet of these rows gives. */
const csvOf = async (rows: string, more: Partial<Book> = {}) =>
  ((await bringBook({sheets: {Data: rows}, ...more})) as Record<string, string>).Data;

describe("a workbook gives its sheets", () => {
  test("that have cells, hidden ones too, in their order", async () => {
    const brought = await bringBook({
      sheets: {"April &amp; May": row(1, text("a")), Empty: "", March: row(1, n(1)), Blank: row(1, text(""))},
      states: {March: 'state="veryHidden"'}
    });
    expect(brought).toEqual({"April & May": "a\n", March: "1\n"});
  });

  test("each cell as what it means, not as it is shown", async () => {
    const [, date, stamp, time, duration, percent, month, money] = formats.map((_, at) => at);
    const cells = [
      [n("1600000000010"), "1600000000010"],
      [n("1.60000000001E12"), "1600000000010"],
      [text("1.6E+12"), "1.6E+12"],
      [text("0012345678"), "0012345678"],
      [n("4.3099999999999996"), "4.31"],
      [n("1.7000000000000002"), "1.7"],
      [n("1E-7"), "0.0000001"],
      [n("-1.25E-8"), "-0.0000000125"],
      [n("9007199254740991"), "9007199254740991"],
      [n("1E21"), "1000000000000000000000"],
      [n("-0"), "0"],
      [n("0.125", percent), "0.125"],
      [n("1234.5", money), "1234.5"],
      [n("46097", date), "2026-03-16"],
      [n("46097.5", date), "2026-03-16 12:00:00"],
      [n("46097", stamp), "2026-03-16 00:00:00"],
      [n("46097.020833333336", stamp), "2026-03-16 00:30:00"],
      [n("46096.99999999999", stamp), "2026-03-16 00:00:00"],
      [n("46097", month), "2026-03-16"],
      [n("1", date), "1900-01-01"],
      [n("59", date), "1900-02-28"],
      [n("60", date), "1900-02-29"],
      [n("61", date), "1900-03-01"],
      [n("0", date), "1900-01-00"],
      [n("-1", date), "-1"],
      [n("2958465", date), "9999-12-31"],
      [n("2958466", date), "2958466"],
      [n("0.020833333333333332", time), "00:30"],
      [n("0.97916666666666663", time), "23:30"],
      [n("0", time), "00:00"],
      [n("1", time), "00:00"],
      [n("0.5000115740740741", time), "12:00:01"],
      [n("46097.5", time), "2026-03-16 12:00:00"],
      [n("1", duration), "24:00"],
      [n("1.5", duration), "36:00"],
      ['<c t="b"><v>1</v></c>', "TRUE"],
      ['<c t="b"><v>0</v></c>', "FALSE"],
      ['<c t="e"><v>#N/A</v></c>', "#N/A"],
      ['<c t="e"><v>#DIV/0!</v></c>', "#DIV/0!"],
      ['<c t="e"><v>#SPILL!</v></c>', "#ERROR!"],
      ['<c t="str"><v>typed</v></c>', "typed"],
      ['<c t="d"><v>2026-03-16T00:00:00</v></c>', "2026-03-16"],
      ['<c t="d"><v>2026-03-16T00:30:00.000</v></c>', "2026-03-16 00:30:00"],
      [text("Bath &amp; Wells, north"), '"Bath & Wells, north"'],
      [text("say &quot;hi&quot;"), '"say ""hi"""'],
      [text("Meter\nnumber"), '"Meter\nnumber"'],
      [text("=cmd|'/c calc'!A1"), "=cmd|'/c calc'!A1"],
      [text(" padded "), " padded "]
    ];
    const rows = cells.map(([xml = ""], at) => row(at + 1, xml)).join("");
    expect(await csvOf(rows)).toBe(cells.map(([, csv]) => `${csv}\n`).join(""));
  });

  test("days counted from 1904 where it says so", async () => {
    expect(await csvOf(row(1, n("44635", 1), n("0", 1), n("0.5", 3)), {is1904: true})).toBe(
      "2026-03-16,1904-01-01,12:00\n"
    );
  });

  test("with every row on its own line and every line of one width", async () => {
    const rows = row(2, text("a")) + row(5, "<c/>", n(1), "<c/>", n(2)) + row(6, n(3)) + row(9, "<c/>");
    expect(await csvOf(rows)).toBe("\na,,,\n\n\n,1,,2\n3,,,\n");
  });

  test("with nothing filled in where cells are merged", async () => {
    const sheet = xlsxEntries({sheets: {Data: row(1, text("Site"), "<c/>", text("kWh"))}}).map(entry =>
      entry.name.endsWith("sheet1.xml")
        ? {
            ...entry,
            data: String(entry.data).replace(
              "</worksheet>",
              '<mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>'
            )
          }
        : entry
    );
    expect(await bring("meters.xlsx", zipFile(sheet))).toEqual({Data: "Site,,kWh\n"});
  });

  test("with the shared text that each cell means, though one is empty", async () => {
    const strings =
      '<si><t>a</t></si><si/><si xml:space="preserve"><t> b</t></si><si><r><t>ri</t></r><r><t>ch</t></r></si>';
    expect(await csvOf(row(1, shared(0), shared(1), shared(2), shared(3)), {strings})).toBe("a,, b,rich\n");
  });

  test("whatever prefix its XML has", async () => {
    const sheet = xlsxEntries({sheets: {Data: ""}}).map(entry =>
      entry.name.endsWith("sheet1.xml")
        ? {
            ...entry,
            data: '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="B1"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
          }
        : entry
    );
    expect(await bring("meters.xlsx", zipFile(sheet))).toEqual({Data: ",7\n"});
  });

  test.each(["__proto__", "constructor", "a › b", "../x"])("by name, whatever it is: %s", async name => {
    const entries = xlsxEntries({sheets: {Data: row(1, n(5))}}).map(entry => ({
      ...entry,
      data: String(entry.data).replace('"Data"', `"${name}"`)
    }));
    expect(Object.entries((await bring("meters.xlsx", zipFile(entries))) as object)).toEqual([[name, "5\n"]]);
  });

  test("alike when it lies in an archive", async () => {
    const inner = xlsxFile({sheets: {Data: row(1, n(5))}});
    expect(await bring("bundle.zip", zipFile([{name: "2026/meters.xlsx", data: inner}]))).toEqual({
      "2026/meters.xlsx › Data": "5\n"
    });
  });

  test("the same, written by the library with the defaults it lists", async () => {
    const book = spreadsheet.utils.book_new();
    spreadsheet.utils.book_append_sheet(
      book,
      spreadsheet.utils.aoa_to_sheet([
        ["MPAN", 1600000000010],
        [true, null, "x"]
      ]),
      "A"
    );
    expect(await bring("a.xlsx", spreadsheet.write(book, {type: "buffer", bookType: "xlsx"}))).toEqual({
      A: "MPAN,1600000000010,\nTRUE,,x\n"
    });
  });

  test("whose number formats are its own: none of the workbook before", async () => {
    const bare = {styles: `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="165"/></cellXfs></styleSheet>`};
    expect(await csvOf(row(1, n("46097", 1)))).toBe("2026-03-16\n");
    expect(await csvOf(row(1, n("46097", 1)), bare)).toBe("46097\n");
  });
});

describe("a formula is what it last came to, and that is said", () => {
  test.each([
    ["a formula with its last value", "<c><f>SUM(A1:A2)</f><v>3</v></c>", "a,\n1,3\n"],
    ["a shared formula", '<c><f t="shared" si="0"/><v>3</v></c>', "a,\n1,3\n"],
    ["an array formula", '<c><f t="array" ref="B1:B2">A1:A2*2</f><v>3</v></c>', "a,\n1,3\n"],
    ["a data table", '<c><f t="dataTable" ref="B1:B2" dt2D="0" r1="A1"/><v>3</v></c>', "a,\n1,3\n"],
    ["a formula without a value, which holds nothing", "<c><f>A1</f></c>", "a\n1\n"]
  ])("%s", async (_, cell, csv) => {
    expect(await csvOf(row(1, text("a")) + row(2, n(1), cell))).toBe(csv);
  });
});

describe("a sheet is refused by itself", () => {
  const withGood = async (rows: string, more: Partial<Book> = {}) => {
    const brought = (await bringBook({sheets: {Good: row(1, n(1)), Bad: rows}, ...more})) as Record<string, string>;
    expect(brought.Good).toBe("1\n");
    return brought.Bad;
  };

  test("for a text that is not in its list", async () => {
    expect(await withGood(row(1, shared(9)))).toBe("refused: sheet Bad holds cells that cannot be read");
  });

  test("for a number that is none", async () => {
    expect(await withGood(row(1, n("1")) + row(2, n("x")))).toBe(
      "refused: the sheet holds a value that cannot be read, at A2"
    );
  });

  test("for two values in one place, of which one would be lost", async () => {
    expect(await withGood('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')).toBe(
      "refused: sheet Bad holds cells that cannot be read"
    );
  });

  test.each([["A1048577"], ["XFE1"], ["A99999999999"], ["A0"]])("for a cell at %s", async place => {
    expect(await withGood(`<row r="1"><c r="${place}"><v>1</v></c></row>`)).toMatch(/^refused: (the )?sheet /);
  });

  test("for cells so far apart that the rest would be commas", async () => {
    const rows = Array.from({length: 7000}, (_, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>1</v></c></row>`);
    const far = '<row r="7001"><c r="XFD7001"><v>1</v></c></row>';
    expect(await withGood(rows.join("") + far)).toBe("refused: the sheet's cells lie too far apart to be a table");
  });
});

describe("sizes that are said and sizes that are", () => {
  test("a sheet that says it is as large as can be is as large as its cells", async () => {
    expect(await csvOf(row(1, n(1), n(2)), {before: '<dimension ref="A1:XFD1048576"/>'})).toBe("1,2\n");
  });

  test("two cells in opposite corners are a million short lines", async () => {
    const csv = await csvOf(
      '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    );
    expect(csv).toBe(`1${",".repeat(16_383)}\n${"\n".repeat(1_048_574)}${",".repeat(16_383)}2\n`);
  });

  test("one long text shown a hundred thousand times is more than the limit", async () => {
    const cells = Array.from({length: 20_000}, (_, at) => row(at + 1, shared(0)));
    const strings = `<si><t>${"abcdefghijklmnop".repeat(2000)}</t></si>`;
    expect(await bringBook({sheets: {Data: cells.join("")}, strings})).toBe(
      "refused: comes to more than 512 MB when unpacked"
    );
  });

  test("more cells than the limit", async () => {
    const rows = `<row r="1">${"<c><v>1</v></c>".repeat(5_000_001)}</row>`;
    const entries = xlsxEntries({sheets: {Data: rows}}).map(entry => ({...entry, isStored: true}));
    expect(await bring("meters.xlsx", zipFile(entries))).toBe("refused: holds more than 5,000,000 cells");
  });
});

describe("a workbook is refused whole", () => {
  const one = {sheets: {Data: row(1, n(1))}};
  const main = "application/vnd";
  test.each<[string, Partial<Book>, string]>([
    [
      "macros",
      {others: [{name: "xl/vbaProject.bin", data: "x"}]},
      "the workbook holds macros: save it as xlsx, without them"
    ],
    [
      "a type with macros",
      {bookType: `${main}.ms-excel.sheet.macroEnabled.main+xml`},
      "the workbook holds macros: save it as xlsx, without them"
    ],
    [
      "a macro sheet",
      {others: [{name: "xl/macrosheets/sheet1.xml", data: "x"}]},
      "the workbook holds macros: save it as xlsx, without them"
    ],
    [
      "links",
      {others: [{name: "xl/externalLinks/externalLink1.xml", data: "x"}]},
      "the workbook takes values from other files: save it with values only"
    ],
    [
      "xlsb",
      {bookType: `${main}.ms-excel.sheet.binary.macroEnabled.main`},
      "a binary workbook (xlsb): save it as xlsx"
    ],
    [
      "a document",
      {bookType: `${main}.openxmlformats-officedocument.wordprocessingml.document.main+xml`},
      "a word processor's document, not a workbook: put its table into a workbook, save that and bring it"
    ],
    [
      "slides",
      {bookType: `${main}.openxmlformats-officedocument.presentationml.presentation.main+xml`},
      "a presentation, not a workbook: put its table into a workbook, save that and bring it"
    ],
    ["entities", {prolog: '<!DOCTYPE x [<!ENTITY a "1">]>'}, "a workbook whose XML declares entities of its own"],
    ["no cells", {sheets: {Data: ""}}, "a workbook without any cells"],
    [
      "only a picture",
      {sheets: {Data: ""}, others: [{name: "xl/media/image1.jpeg", data: "x"}]},
      "a workbook without any cells, only pictures"
    ],
    [
      "what is no cell",
      {sheets: {Data: `${row(1, n(1))}<!-- <c/> -->`}},
      "sheet Data cannot be read: it holds something other than cells"
    ],
    [
      "texts that do not close",
      {strings: "<si><t>a</t><si><t>b</t></si>"},
      "the workbook's shared texts cannot be read"
    ],
    ["texts within texts", {strings: "<si><si></si></si>"}, "the workbook's shared texts cannot be read"],
    ["texts cut off", {strings: "<si><t>a</t></si><si>"}, "the workbook's shared texts cannot be read"],
    ["two tables", {before: "<sheetData/>"}, "sheet Data cannot be read: it does not have exactly one table of cells"]
  ])("for %s", async (_, more, words) => {
    expect(await bringBook({...one, ...more})).toBe(`refused: ${words}`);
  });

  test("for two sheets of one name, one missing, one cut off, and XML in UTF-16", async () => {
    const changed = (from: string, to: string) =>
      bring(
        "meters.xlsx",
        zipFile(
          xlsxEntries({sheets: {A: row(1, n(1)), B: row(1, n(2))}}).map(entry => ({
            ...entry,
            data: String(entry.data).replace(from, to)
          }))
        )
      );
    expect(await changed('name="B"', 'name="A"')).toBe("refused: the workbook has two sheets with one name: A");
    expect(await changed("sheet2.xml", "sheet3.xml")).toBe("refused: the workbook is damaged: sheet B is not in it");
    expect(await changed("</sheetData>", "")).toBe("refused: sheet A is cut off");
    const wide = xlsxEntries(one).map(entry =>
      entry.name.endsWith("sheet1.xml") ? {...entry, data: Buffer.from(`\ufeff${entry.data}`, "utf16le")} : entry
    );
    expect(await bring("meters.xlsx", zipFile(wide))).toBe("refused: a workbook whose XML is not UTF-8");
  });
});
