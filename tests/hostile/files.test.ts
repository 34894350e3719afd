import {copyFile, mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {flat, portalFile} from "../support/supplier-files.ts";
import {isAccountedFor, Yard} from "./yard.ts";

const [mpan] = mpans;
const counted = (count: number) => Array.from({length: count}, (_, index) => index + 1);
const on = (date: string, cells: readonly (number | string)[] = counted(48)) => ({mpan, date, cells});
const issued = "02/10/26 07:00";
const days = portalFile(issued, [on("2026-09-01"), on("2026-09-02"), on("2026-09-03")]);
const lines = days.trimEnd().split("\n");
const [header = "", firstRow = ""] = lines.slice(8);
const withHeader = (changed: string) => days.replace(header, changed);
const columns = header.split(",");
const utf16 = (text: string, isBigEndian = false) => {
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  return isBigEndian ? bytes.swap16() : bytes;
};
const noise = Uint8Array.from({length: 4096}, (_, index) => (index * 167 + (index >> 3) * 31 + 13) % 256);
const allLanded = "3 of 3 landed";

describe("a file that is no table of half-hours is refused whole, and the reason says what it is", () => {
  test("by what its bytes are", async () => {
    const yard = await Yard.open();
    expect(
      await yard.verdicts({
        "no bytes": "",
        "only white space": " \r\n\t \n\n",
        "only zero bytes": "\0".repeat(5000),
        "only a byte order mark": "\ufeff",
        "a web page": "<!DOCTYPE html>\n<html><body>Your image cannot be displayed at this time</body></html>",
        "a web page without a doctype": "\n  <HTML><body>sign in</body></html>",
        xml: '<?xml version="1.0"?><feed/>',
        "a pdf": "%PDF-1.7\n%âãÏÓ",
        "a zip or xlsx": Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0]),
        "an old xls": Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
      })
    ).toEqual({
      "no bytes": "refused: the file is empty",
      "only white space": "refused: the file is empty",
      "only zero bytes": "refused: the file is empty",
      "only a byte order mark": expect.stringMatching(/^refused: /),
      "a web page": expect.stringMatching(/^refused: a web page/),
      "a web page without a doctype": expect.stringMatching(/^refused: a web page/),
      xml: "refused: XML, not delimited text: ask the sender for CSV or .xlsx",
      "a pdf": "refused: a PDF, not delimited text",
      "a zip or xlsx": "refused: is not what its name says (.csv): it is a zip archive or a workbook",
      "an old xls": "refused: is not what its name says (.csv): it is an older Office file"
    });
    for (const bytes of [noise, "x".repeat(3_000_000), '{"error":"no data"}\n'])
      expect(await yard.verdict(bytes)).toMatch(/^refused: (these column headings match no|this JSON file holds no)/);
  });

  test("even where it is one, two or three bytes long", async () => {
    const yard = await Yard.open();
    for (const bytes of ["x", "{}", "a\n", "a,b"]) expect(await yard.verdict(bytes)).toMatch(/^refused: /);
  });

  test("its bytes stay in the archive, nothing lands, and it is tried again when a layout is added", async () => {
    const c = new Canopy(await makeDataFolder());
    const load = await c.bring("page.csv", withHeader(header.replace("MPAN", "Meter Number")));
    expect(load).toMatchObject({outcome: "refused", rows_read: 0, rows_landed: 0});
    expect(load.difference).toContain('missing "MPAN"; not expected "Meter Number"');
    expect(await c.live("select count(*)::integer as days from raw.meter_days")).toEqual([{days: 0}]);
    const again = await c.bring("renamed.csv", withHeader(header.replace("MPAN", "Meter Number")));
    expect(again.load_id).toBe(load.load_id);
  });
});

describe("one bad file does not stop those that came with it", () => {
  const bringBeside = async (bad: string | Uint8Array) => {
    const c = new Canopy(await makeDataFolder());
    await c.bring("bad.csv", bad).catch(() => {});
    return (await c.bring("good.csv", days)).rows_landed;
  };

  test("a web page", async () => expect(await bringBeside("<html></html>")).toBe(3));

  test("two bytes", async () => expect(await bringBeside("a\n")).toBe(3));
  test("an open quote near the top", async () => {
    expect(await bringBeside(days.replace("Test Council,Town", 'Test Council,"Town'))).toBe(3);
  });
});

describe("the same table lands the same", () => {
  test("in any encoding and with any line ends", async () => {
    const yard = await Yard.open();
    const accented = days.replaceAll("Town Hall", "Café “Dôme” – €");
    const variants: Record<string, string | Uint8Array> = {
      plain: days,
      "a byte order mark": `\ufeff${days}`,
      "utf-16, little end first": utf16(days),
      "utf-16, big end first": utf16(days, true),
      "utf-16 without a mark": Buffer.from(days, "utf16le"),
      "utf-8 names": accented,
      "windows-1252 names": Buffer.from(days.replaceAll("Town Hall", "Café \x93Dôme\x94"), "latin1"),
      "returns only": days.replaceAll("\n", "\r"),
      "returns and feeds": days.replaceAll("\n", "\r\n"),
      "mixed line ends": lines.map((line, index) => line + ["\n", "\r\n", "\r"][index % 3]).join(""),
      "no final line end": days.trimEnd(),
      "blank lines": lines.join("\n\n"),
      "blank lines at the end": `${days}\n\r\n\n`,
      "all cells quoted": days.replace(/^.+$/gm, line =>
        line
          .split(",")
          .map(cell => `"${cell}"`)
          .join()
      ),
      "spaces around numbers and dates": days.replaceAll(/,(\d\d\/\d\d\/26|\d+)(?=[,\n])/g, ", $1 "),
      "separators in a quoted name, past the head": days.replaceAll("Town Hall", '"Town, Hall ""A"""'),
      "a stray quote within a name": days.replaceAll("Main", '4" main'),
      "nul bytes at the end": `${days}\0\0\0\0`,
      "sep= above the header": days.replace(header, `sep=,\n${header}`),
      "header in capitals, with spaces": withHeader(` ${header.toUpperCase().replaceAll(",", " , ")} `)
    };
    const [, plain] = Object.entries(variants)[0] ?? [];
    const {days: expected} = await yard.bring(plain as string);
    for (const [name, bytes] of Object.entries(variants)) {
      const brought = await yard.bring(bytes);
      expect({name, rejects: brought.rejects, days: brought.days}).toEqual({name, rejects: [], days: expected});
      expect(isAccountedFor(brought), name).toBe(true);
    }
  });

  test("with a line end within a quoted name among the first lines", async () => {
    const yard = await Yard.open();
    expect(await yard.verdict(days.replace("Town Hall", '"Town\nHall"'))).toBe(allLanded);
  });

  test("with a line end within a quoted name further down", async () => {
    const yard = await Yard.open();
    const many = portalFile(
      issued,
      [..."ab".repeat(20)].map((_, index) => on(`2026-0${1 + (index % 9)}-${10 + Math.trunc(index / 9)}`))
    );
    const last = many.lastIndexOf("Town Hall");
    expect(await yard.verdict(`${many.slice(0, last)}"Town\r\n\nHall"${many.slice(last + 9)}`)).toBe("40 of 40 landed");
  });
});

describe("a header that is not its layout's is refused with the difference", () => {
  test("whatever was done to it", async () => {
    const yard = await Yard.open();
    const swapped = columns.with(10, columns[11] ?? "").with(11, columns[10] ?? "");
    const changed: Record<string, string> = {
      inserted: columns.toSpliced(3, 0, "Commodity").join(),
      removed: columns.toSpliced(4, 1).join(),
      renamed: columns.with(7, "Reading Date").join(),
      reordered: swapped.join(),
      repeated: columns.toSpliced(9, 0, "00:30").join(),
      "start labels": columns.toSpliced(8, 48, "00:00", ...columns.slice(8, 55)).join(),
      semicolons: columns.join(";"),
      tabs: columns.join("\t"),
      "one quoted line": `"${columns.join()}"`,
      "an empty column at the end": `${header},`
    };
    for (const [name, line] of Object.entries(changed)) {
      const {load, days: landed} = await yard.bring(withHeader(line));
      expect({name, outcome: load.outcome, landed: landed.size}).toEqual({name, outcome: "refused", landed: 0});
      if (name !== "tabs" && name !== "semicolons") expect(load.difference, name).toMatch(/^nearest is /);
    }
    const {load} = await yard.bring(withHeader(columns.toSpliced(3, 0, "Commodity").join()));
    expect(load.difference).toBe('nearest is stark-portal, line 9: not expected "Commodity"');
    expect((await yard.bring(withHeader(swapped.join()))).load.difference).toContain("another order from column 11");
  });

  test("a header and nothing else lands nothing, and says so", async () => {
    const yard = await Yard.open();
    const {load} = await yard.bring(lines.slice(0, 9).join("\n"));
    expect(load).toMatchObject({outcome: "landed", rows_read: 0, rows_landed: 0});
  });

  test("rows of readings above the header are not passed over in silence", async () => {
    const yard = await Yard.open();
    expect(await yard.verdict([...lines.slice(0, 8), firstRow, header, ...lines.slice(10), ""].join("\n"))).not.toBe(
      "2 of 2 landed"
    );
  });
});

describe("a row of another shape is rejected whole with its line, and its neighbours land", () => {
  const middle = lines[10] ?? "";
  const cells = middle.split(",");
  const withMiddle = (row: string) => days.replace(middle, row);

  test("whatever is wrong with it", async () => {
    const yard = await Yard.open();
    const rowShape = "2 of 3 landed; 11 row shape";
    expect(
      await yard.verdicts({
        "a cell too few": withMiddle(cells.slice(0, -1).join()),
        "a cell too many": withMiddle(cells.toSpliced(9, 0, "7").join()),
        "two cells too many": withMiddle(cells.toSpliced(9, 0, "7", "8").join()),
        semicolons: withMiddle(cells.join(";")),
        tabs: withMiddle(cells.join("\t")),
        "a decimal comma": withMiddle(cells.with(9, "4,5").join()),
        "a total": withMiddle(["Grand Total", "144"].join()),
        "white space": withMiddle("   "),
        "a cell of 3 MB": withMiddle(cells.with(1, "x".repeat(3_000_000)).join()),
        "a line of 2.5 million separators": withMiddle(",".repeat(2_500_000))
      })
    ).toEqual({
      "a cell too few": rowShape,
      "a cell too many": rowShape,
      "two cells too many": rowShape,
      semicolons: rowShape,
      tabs: rowShape,
      "a decimal comma": rowShape,
      "a total": rowShape,
      "white space": rowShape,
      "a cell of 3 MB": rowShape,
      "a line of 2.5 million separators": expect.stringMatching(/^(2 of 3 landed; 11 row shape|refused: )/)
    });
  });

  test("the header again, a total row of full width, and a footer", async () => {
    const yard = await Yard.open();
    const total = ["Total", ...Array.from({length: 7}, () => ""), ...flat(3)].join();
    expect(await yard.verdict(`${lines.toSpliced(10, 0, header).join("\n")}\n${total}\nEnd of report\n`)).toBe(
      "3 of 6 landed; 14 meter, 15 row shape"
    );
  });

  test("a cell too many in a row whose last half-hour is empty", async () => {
    const yard = await Yard.open();
    expect(await yard.verdict(portalFile(issued, [on("2026-09-01", [99, ...counted(47), ""])]))).toBe(
      "0 of 1 landed; 10 row shape"
    );
  });
  test("two cells too many in a row whose last two half-hours are empty, beside a damaged cell", async () => {
    const yard = await Yard.open();
    const shifted = on("2026-09-01", [99, "x", ...counted(46), "", ""]);
    expect(await yard.verdict(portalFile(issued, [shifted]))).toBe("0 of 1 landed; 10 row shape");
  });
});

describe("an open quote", () => {
  const rows = Array.from({length: 45}, (_, index) => on(`2026-0${1 + (index % 9)}-${10 + Math.trunc(index / 9)}`));
  const many = portalFile(issued, rows).trimEnd().split("\n");
  const opened = (row: number) => many.with(row, (many[row] ?? "").replace("Town", '"Town')).join("\n");

  test("never lets one row's readings stand under another", async () => {
    const yard = await Yard.open();
    for (const row of [45, 50, 53]) {
      const brought = await yard.bring(opened(row));
      expect(isAccountedFor(brought)).toBe(true);
      for (const slots of brought.days.values()) expect(slots.slice(0, 48)).toEqual(counted(48).map(String));
      expect(`${brought.load.reason} ${brought.rejects.map(({row}) => row).join()}`).toContain(String(row + 1));
    }
  });
});

test("a file that is all of one bad kind lands nothing and names every row", async () => {
  const yard = await Yard.open();
  const {load, rejects} = await yard.bring(
    portalFile(
      issued,
      Array.from({length: 300}, () => ({...on("2026-09-01"), mpan: "1.6E+12"}))
    )
  );
  expect(load).toMatchObject({rows_read: 300, rows_landed: 0, rows_rejected: 300});
  expect(rejects.map(({row}) => row)).toEqual(Array.from({length: 300}, (_, index) => 10 + index));
});

test("the same bytes under two names in the inbox are one load", async () => {
  const c = new Canopy(await makeDataFolder());
  const inbox = join(c.folder, "inbox", "estate-energy");
  await mkdir(inbox, {recursive: true});
  await writeFile(join(inbox, "a.csv"), days);
  await copyFile(join(inbox, "a.csv"), join(inbox, "b.csv"));
  await c.bring("c.csv", days);
  await c.bring("d.csv", days);
  expect(await c.live("select count(*)::integer as loads from ops.loads")).toEqual([{loads: 1}]);
});
