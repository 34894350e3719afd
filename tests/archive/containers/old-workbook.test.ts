import * as spreadsheet from "@e965/xlsx";
import {describe, expect, test} from "vitest";
import {bring} from "./bring.ts";

const {CFB, utils} = spreadsheet;

function bookOf(sheets: Readonly<Record<string, spreadsheet.WorkSheet>>): spreadsheet.WorkBook {
  const book = utils.book_new();
  for (const [name, sheet] of Object.entries(sheets)) utils.book_append_sheet(book, sheet, name);
  return book;
}

const xls = (
  sheets: Readonly<Record<string, spreadsheet.WorkSheet>>,
  more: Partial<spreadsheet.WorkBook> = {}
): Buffer => spreadsheet.write({...bookOf(sheets), ...more}, {type: "buffer", bookType: "biff8"});

const sheetOf = (rows: unknown[][]) => utils.aoa_to_sheet(rows);
const number = (v: number, z: string) => ({t: "n", v, z});

/** The workbook's stream in a container, changed. */
function withStream(bytes: Buffer, change: (stream: Buffer) => Buffer): Buffer {
  const container = CFB.read(bytes, {type: "buffer"});
  const stream = Buffer.from(CFB.find(container, "/Workbook").content);
  const fresh = CFB.utils.cfb_new({root: "R"});
  CFB.utils.cfb_add(fresh, "/Workbook", change(stream));
  return CFB.write(fresh, {type: "buffer"});
}

/** A container with streams of these names. */
function container(...names: readonly string[]): Buffer {
  const made = CFB.utils.cfb_new({root: "R"});
  for (const name of names) CFB.utils.cfb_add(made, `/${name}`, Buffer.alloc(5000, 1));
  return CFB.write(made, {type: "buffer"});
}

const record = (type: number, data: Buffer) => {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(type, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, data]);
};

/** Puts a record after the first (the beginning of the globals) and moves what the list of sheets points at. */
function insertGlobal(stream: Buffer, inserted: Buffer): Buffer {
  const first = 4 + stream.readUInt16LE(2);
  const out = Buffer.concat([stream.subarray(0, first), inserted, stream.subarray(first)]);
  for (let at = 0; at + 4 <= out.length; at += 4 + out.readUInt16LE(at + 2))
    if (out.readUInt16LE(at) === 0x85) out.writeUInt32LE(out.readUInt32LE(at + 4) + inserted.length, at + 4);
  return out;
}

describe("an xls workbook gives its sheets", () => {
  test("each cell as what it means", async () => {
    const rows = sheetOf([
      [
        "MPAN",
        number(46097, "dd/mm/yyyy"),
        number(46097.5, "dd/mm/yyyy hh:mm"),
        number(0.020833333333333332, "hh:mm"),
        number(1, "hh:mm")
      ],
      [1600000000010, 4.31, -0.125, 1e21, "Bath, £"],
      [true, {t: "e", v: 42}, 1.7000000000000002, null, "0012345678"]
    ]);
    expect(await bring("meters.xls", xls({Data: rows, Empty: sheetOf([]), "Wednes£day": sheetOf([[1]])}))).toEqual({
      Data: 'MPAN,2026-03-16,2026-03-16 12:00:00,00:30,00:00\n1600000000010,4.31,-0.125,1000000000000000000000,"Bath, £"\nTRUE,#N/A,1.7,,0012345678\n',
      "Wednes£day": "1\n"
    });
  });

  test("a hidden one too, and many texts", async () => {
    const texts = Array.from({length: 3000}, (_, at) => [`meter ${at} ${"x".repeat(at % 50)}`]);
    const bytes = xls({Data: sheetOf(texts)}, {Workbook: {Sheets: [{name: "Data", Hidden: 2}]}});
    expect(await bring("meters.xls", bytes)).toEqual({Data: texts.map(([text]) => `${text}\n`).join("")});
  });

  test("days counted from 1904 where it says so", async () => {
    const bytes = xls({Data: sheetOf([[number(44635, "dd/mm/yyyy")]])});
    const from1904 = withStream(bytes, stream => {
      for (let at = 0; at + 4 <= stream.length; at += 4 + stream.readUInt16LE(at + 2))
        if (stream.readUInt16LE(at) === 0x22) stream.writeUInt16LE(1, at + 4);
      return stream;
    });
    expect(await bring("meters.xls", from1904)).toEqual({Data: "2026-03-16\n"});
  });

  test("a run of numbers in one record, each of which counts", async () => {
    const whole = (value: number) => Buffer.from([0, 0, (value << 2) | 2, 0, 0, 0]);
    const run = record(0xbd, Buffer.concat([Buffer.from([4, 0, 1, 0]), ...[7, 8, 9].map(whole), Buffer.from([3, 0])]));
    const bytes = withStream(xls({Data: sheetOf([[1]])}), stream => insertInLast(stream, run));
    expect(await bring("meters.xls", bytes)).toEqual({Data: "1,,,\n\n\n\n,7,8,9\n"});
    const twice = withStream(xls({Data: sheetOf([[1]])}), stream => insertInLast(stream, Buffer.concat([run, run])));
    expect(await bring("meters.xls", twice)).toEqual({Data: "refused: sheet Data holds cells that cannot be read"});
  });

  test("with number formats of its own: none of the workbook before", async () => {
    const dated = xls({Data: sheetOf([[number(46097, "yyyy/mm/dd")]])});
    expect(await bring("meters.xls", dated)).toEqual({Data: "2026-03-16\n"});
    const without = withStream(dated, stream => {
      for (let at = 0; at + 4 <= stream.length; at += 4 + stream.readUInt16LE(at + 2))
        if (stream.readUInt16LE(at) === 0x41e) stream.writeUInt16LE(0x1d, at);
      return stream;
    });
    expect(await bring("meters.xls", without)).toEqual({Data: "46097\n"});
  });
});

describe("an xls workbook is refused", () => {
  const plain = xls({Good: sheetOf([[1]]), Bad: sheetOf([["a"], ["b", 2]])});

  test("for a formula, the sheet by itself", async () => {
    const formula = record(0x06, Buffer.from("060002000f00000000000000084000000000000000000000", "hex"));
    const brought = (await bring(
      "meters.xls",
      withStream(plain, stream => insertInLast(stream, formula))
    )) as Record<string, string>;
    expect(brought).toEqual({Good: "1\n", Bad: "refused: sheet Bad holds a formula at C7: save it with values only"});
  });

  test("for a password", async () => {
    const bytes = withStream(plain, stream => insertGlobal(stream, record(0x2f, Buffer.alloc(6))));
    expect(await bring("meters.xls", bytes)).toBe(
      "refused: the workbook needs a password: bring a copy that needs none"
    );
    expect(await bring("meters.xls", container("EncryptionInfo", "EncryptedPackage"))).toBe(
      "refused: the workbook needs a password: bring a copy that needs none"
    );
  });

  test("for links to other files, and not for links between its own sheets", async () => {
    const book = (words: number) => record(0x1ae, Buffer.from([1, 0, words & 255, words >> 8]));
    const inserted = (words: number) => withStream(plain, stream => insertGlobal(stream, book(words)));
    expect(await bring("meters.xls", inserted(0x0007))).toBe(
      "refused: the workbook takes values from other files: save it with values only"
    );
    expect(await bring("meters.xls", inserted(0x0401))).toEqual({Good: "1\n", Bad: "a,\nb,2\n"});
  });

  test("for macros", async () => {
    expect(await bring("meters.xls", container("Workbook", "_VBA_PROJECT_CUR"))).toBe(
      "refused: the workbook holds macros: save it as xlsx, without them"
    );
    const macroSheet = withStream(plain, stream => {
      for (let at = 0; at + 4 <= stream.length; at += 4 + stream.readUInt16LE(at + 2))
        if (stream.readUInt16LE(at) === 0x85) stream.writeUInt8(1, at + 9);
      return stream;
    });
    expect(await bring("meters.xls", macroSheet)).toBe(
      "refused: the workbook holds macros: save it as xlsx, without them"
    );
  });

  test.each([
    ["WordDocument", "a word processor's document, not a workbook"],
    ["PowerPoint Document", "a presentation, not a workbook"],
    ["__properties_version1.0", "an Outlook message (msg): save it as eml, or bring its attachment"],
    ["Book", "a workbook older than Excel 97: save it as xlsx"],
    ["Something", "an older Office file, not a workbook"]
  ])("when it is %s", async (stream, words) => {
    expect(await bring("meters.xls", container(stream))).toBe(`refused: ${words}`);
    expect(await bring("meters", container(stream))).toBe(`refused: ${words}`);
  });

  test("when it is older than Excel 97", async () => {
    const bytes = withStream(plain, stream => {
      stream.writeUInt16LE(0x0500, 4);
      return stream;
    });
    expect(await bring("meters.xls", bytes)).toBe("refused: a workbook older than Excel 97: save it as xlsx");
  });

  test("when its sectors run in a circle", async () => {
    const bytes = Buffer.from(xls({Data: sheetOf(Array.from({length: 2000}, (_, at) => [at, `x${at}`]))}));
    const table = (bytes.readUInt32LE(76) + 1) * 512;
    for (let index = 0; index < 100; index += 1) bytes.writeUInt32LE(index, table + index * 4);
    expect(await bring("meters.xls", bytes)).toMatch(
      /^refused: an older Office file (whose sectors run in a circle|that is)/
    );
  });

  test("or read as it was, at any length it is cut off to and with any byte changed, but never hangs or breaks", async () => {
    const whole = await bring("meters.xls", plain);
    for (let length = 8; length < plain.length; length += 397)
      expect([whole, expect.stringMatching(/^refused: /)], String(length)).toContainEqual(
        await bring("meters.xls", plain.subarray(0, length))
      );
    for (let at = 8; at < plain.length; at += 61) {
      const changed = Buffer.from(plain);
      changed.writeUInt8(changed.readUInt8(at) ^ 0xff, at);
      const brought = await bring("meters.xls", changed);
      expect(typeof brought === "string" || typeof whole === typeof brought).toBe(true);
    }
  });
});

/** Puts a record before the end of the last sheet. */
function insertInLast(stream: Buffer, inserted: Buffer): Buffer {
  const end = stream.length - 4;
  return Buffer.concat([stream.subarray(0, end), inserted, stream.subarray(end)]);
}
