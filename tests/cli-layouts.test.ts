import {mkdir, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {readLayouts} from "../src/layouts/library.ts";
import {feeds} from "../src/sources/feeds.ts";
import {recordFormats} from "../src/sources/formats.ts";
import {zipFile} from "./archive/containers/zip-file.ts";
import {canopyLine, holdsOrders} from "./hostile/command-line.ts";
import {makeDataFolder, mpans} from "./support/data-folder.ts";
import {fuelFile} from "./support/fuel-files.ts";
import {flat, gmtFile, periodDayFile, periodFile, portalFile} from "./support/supplier-files.ts";

const [mpan, other] = mpans;
const forms = [...(await readLayouts(null)).values(), ...recordFormats.values()];

/** Puts a file into a data folder of its own and gives its path. */
async function given(name: string, bytes: string | Uint8Array): Promise<{folder: string; file: string}> {
  const folder = await makeDataFolder();
  const file = join(folder, name);
  await writeFile(file, bytes);
  return {folder, file};
}

/** Every file of a folder, to see that nothing was added. */
const filesIn = async (folder: string) => (await readdir(folder, {recursive: true})).sort();

/** Words as one line, however they were folded. */
const unfolded = (text: string) => text.replaceAll(/\s+/g, " ");

const portal = portalFile("02/11/26 07:14", [{mpan, date: "2026-10-24", cells: flat(2)}]);

describe("canopy layouts", () => {
  test("lists every form under its inbox, a line each, marked where no real file has been seen", async () => {
    const folder = await makeDataFolder();
    const {code, printed} = await canopyLine(["layouts"], folder);
    expect(code).toBe(0);
    const lines = printed.split("\n");
    for (const {name, feed, confirmation} of forms) {
      const line = lines.findIndex(text => text.startsWith(`  ${name} `));
      const heading = lines.slice(0, line).findLast(text => /^[a-z-]+: /.test(text));
      expect([name, heading?.split(":")[0]]).toEqual([name, feed]);
      expect([name, lines[line]?.includes("[not yet checked against a real file]")]).toEqual([
        name,
        confirmation === "unconfirmed"
      ]);
    }
    expect(printed).toContain(`canopy reads ${forms.length} forms of file.`);
    expect(lines.filter(line => /^[a-z-]+: /.test(line)).length).toBeLessThanOrEqual(feeds.size);
    expect(printed).toContain("canopy layouts detect FILE");
  });

  test("shows a layout in full: clock, units, statuses and what is passed over, in words", async () => {
    const {printed} = await canopyLine(["layouts", "stark-portal"], await makeDataFolder());
    const words = unfolded(printed);
    for (const part of [
      "inbox estate-energy",
      "checked yes",
      "evidence The portal labels the end",
      'meters in the column "MPAN"',
      'dates in the column "Date", written dd/mm/yy or dd/mm/yyyy',
      '48 columns from "00:30" to "00:00"',
      "clock the clock on the wall",
      "KWH is kWh",
      "A is actual, E is estimated, - is missing",
      'skipped rows where "Type" is KVARH',
      "00:30 … 00:00 (48 columns)"
    ])
      expect(words).toContain(part);
  });

  test("shows each of them, whole and unlike any other", async () => {
    const folder = await makeDataFolder();
    for (const {name, feed, confirmation} of forms) {
      const {code, printed} = await canopyLine(["layouts", name], folder);
      expect([name, code, printed.split("\n")[0]]).toEqual([name, 0, name]);
      expect(printed).toContain(`inbox       ${feed}`);
      expect(printed).toContain(
        confirmation === "unconfirmed" ? "not yet checked against a real file" : "yes, by a real file"
      );
      expect(printed).not.toMatch(/undefined|\[object/);
    }
  });

  test("lists a council's own, said to be its own", async () => {
    const folder = await makeDataFolder();
    const shipped = await readFile(new URL("../src/sources/orsis/orsis-portal.json", import.meta.url), "utf8");
    await mkdir(join(folder, "council", "layouts"));
    await writeFile(join(folder, "council", "layouts", "ours.json"), shipped.replace('"orsis-portal"', '"our-portal"'));
    const {printed} = await canopyLine(["layouts"], folder);
    expect(printed).toMatch(/our-portal .*\[of the council; not yet checked against a real file\]/);
  });
});

describe("canopy layouts detect: a file that fits", () => {
  test("a layout: by which line, how it is read, and what to do next", async () => {
    const {folder, file} = await given("oct.csv", portal);
    const {code, printed} = await canopyLine(["layouts", "detect", file], folder);
    expect(code).toBe(0);
    expect(unfolded(printed)).toContain("because line 9 has the column headings of this layout, column for column");
    expect(printed).toContain("fits        stark-portal: ");
    expect(printed).toContain(`next        canopy layouts test stark-portal ${file} --data ${folder}`);
    expect(printed).toContain(`canopy ingest --file ${file} --data ${folder}`);
  });

  test("a layout that does not say its meter asks for it in what to do next", async () => {
    const {folder, file} = await given("gmt.csv", gmtFile([{date: "2026-06-01", cells: flat(1)}]));
    const {printed} = await canopyLine(["layouts", "detect", file], folder);
    expect(printed).toContain(`canopy layouts test day-gmt-48 ${file} --meter-point ID`);
  });

  test("a format of records", async () => {
    const {folder, file} = await given("fuel.E01", fuelFile(drawings, "2026-10-02 06:00:00"));
    const {code, printed} = await canopyLine(["layouts", "detect", file], folder);
    expect(code).toBe(0);
    expect(printed).toMatch(/fits {8}keyfuels-e01: .*/);
    expect(printed).toContain("inbox       fleet-fuel");
  });

  test("a container, part by part; one draft for those that nobody knows", async () => {
    const unknown = (date: string) =>
      `Supply Number,Used On,${clockLabels.map(label => `at ${label}`).join(",")}\n${mpan},${date},${flat(1).join(",")}\n`;
    const {folder, file} = await given(
      "post.zip",
      zipFile([
        {name: "known.csv", data: portal},
        {name: "strange-jan.csv", data: unknown("13/01/2026")},
        {name: "strange-feb.csv", data: unknown("13/02/2026")},
        {name: "page.csv", data: "<html>"}
      ])
    );
    const {code, printed} = await canopyLine(["layouts", "detect", file], folder);
    expect(code).toBe(1);
    expect(printed).toMatch(/known\.csv \(within .*\n {2}fits {8}stark-portal/);
    expect(printed).toMatch(/strange-jan\.csv[\s\S]*Here is a draft layout/);
    expect(printed).toMatch(/strange-feb\.csv[\s\S]*the one above fits this too/);
    expect(printed).toMatch(/page\.csv[\s\S]*a web page/);
    expect(printed.match(/Here is a draft layout/g)).toHaveLength(1);
    expect(printed).toContain("The draft was tried on the file: 1 read: 1 landed");
  });
});

const clockLabels = Array.from(
  {length: 48},
  (_, n) => `${String(Math.trunc(n / 2)).padStart(2, "0")}:${n % 2 === 0 ? "00" : "30"}`
);
const drawings = [
  {id: "100000001", at: "2026-09-30 08:00:00", registration: "QZ38FTS", product: "018", litres: 40},
  {id: "100000002", at: "2026-10-01 08:00:00", registration: "QZ38FTS", product: "018", litres: 25.5},
  {id: "100000003", at: "2026-10-01 09:00:00", registration: "QZ38FTT", product: "018", litres: 10}
];

describe("canopy layouts detect: a file that nothing fits", () => {
  test("the nearest, by its header and not by its rows; then the draft as JSON, last", async () => {
    const {folder, file} = await given("oct.csv", portal.replace(",MPAN,", ",Supply MPAN,"));
    const {code, printed} = await canopyLine(["layouts", "detect", file], folder);
    expect(code).toBe(0);
    expect(unfolded(printed)).toContain('nearest stark-portal, line 9: missing "MPAN"; not expected "Supply MPAN"');
    const json = printed.slice(printed.indexOf("\n{\n"));
    expect(JSON.parse(json)).toMatchObject({name: "oct", meter: {column: "Supply MPAN", kind: "mpan"}});
    expect(await filesIn(folder)).toEqual(expect.not.arrayContaining(["council/layouts"]));
  });

  test("a draft of a file in an inbox is of that inbox", async () => {
    const folder = await makeDataFolder();
    const inbox = join(folder, "inbox", "renewable-generation");
    await mkdir(inbox, {recursive: true});
    await writeFile(join(inbox, "roof.csv"), portal.replace(",MPAN,", ",Supply MPAN,"));
    const {printed} = await canopyLine(["layouts", "detect", join(inbox, "roof.csv")], folder);
    expect(printed).toContain('"feed": "renewable-generation"');
  });

  test.each([
    ["Our Portal", 2, "lower-case words joined by hyphens"],
    ["../x", 2, "lower-case words joined by hyphens"],
    ["stark-portal", 1, "a layout named stark-portal exists already"],
    ["keyfuels-e01", 1, "a layout named keyfuels-e01 exists already"]
  ])("the name %s is not written", async (name, code, words) => {
    const {folder, file} = await given("oct.csv", portal.replace(",MPAN,", ",Supply MPAN,"));
    const before = await filesIn(folder);
    expect(await canopyLine(["layouts", "detect", file, "--write", name], folder)).toMatchObject({
      code,
      error: expect.stringContaining(words)
    });
    expect(await filesIn(folder)).toEqual(before);
  });

  test("a file that somebody put under another layout's name is not written over", async () => {
    const {folder, file} = await given("oct.csv", portal.replace(",MPAN,", ",Supply MPAN,"));
    const shipped = await readFile(new URL("../src/sources/orsis/orsis-portal.json", import.meta.url), "utf8");
    const path = join(folder, "council", "layouts", "mine.json");
    await mkdir(join(folder, "council", "layouts"));
    await writeFile(path, shipped.replace('"orsis-portal"', '"another"'));
    expect(await canopyLine(["layouts", "detect", file, "--write", "mine"], folder)).toMatchObject({
      code: 1,
      error: expect.stringContaining("nothing was written")
    });
    expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({name: "another"});
  });

  test("nothing is written where there is no council, or nothing to draft", async () => {
    const {folder, file} = await given("oct.csv", portal);
    expect((await canopyLine(["layouts", "detect", file, "--write", "mine"], folder)).printed).toContain(
      "Nothing was written, because there is nothing to draft."
    );
    await rm(join(folder, "council", "council.json"));
    expect(await canopyLine(["layouts", "detect", file, "--write", "mine"], folder)).toMatchObject({
      code: 1,
      error: expect.stringContaining("canopy init")
    });
  });
});

describe("hostile files are answered with a sentence", () => {
  const wide = `${Array.from({length: 10_000}, (_, n) => `c${n}`).join(",")}\n${Array.from({length: 10_000}, () => "1").join(",")}\n`;
  const noise = Buffer.from(Array.from({length: 4000}, (_, n) => (n * n * 31 + n * 7) % 256));
  test.each<[string, string, string | Uint8Array, string]>([
    ["nothing at all", "a.csv", "", "the file is empty"],
    ["bytes", "a.dat", noise, "it is not text"],
    ["a program", "a.exe", Buffer.concat([Buffer.from("MZ"), Buffer.alloc(300)]), "a program"],
    ["one column", "a.csv", "Reading\n1\n2\n3\n", "it has one column"],
    ["10,000 columns", "a.csv", wide, "it has 10,000 columns: too many for a file of half-hours"],
    ["a web page", "a.csv", "<!doctype html><html><body>Sign in</body></html>", "a web page"],
    ["JSON that nobody knows", "a.json", '{"readings": []}', "it is JSON"],
    ["a header alone", "a.csv", `MPAN,Date,${clockLabels.join(",")}\n`, "there are no rows below the column headings"],
    ["a row alone", "a.csv", `${mpan},2026-01-14\n`, "not possible"],
    ["a quote that never closes", "a.csv", 'MPAN,Date\n"1600000000010,2026-01-14\n', "draft"],
    ["orders to a terminal", "a.csv", "a\u001b[2Jb,c\n1,2\n", "draft"]
  ])("%s", async (_what, name, bytes, words) => {
    const {folder, file} = await given(name, bytes);
    const before = await filesIn(folder);
    const {code, printed, error} = await canopyLine(["layouts", "detect", file], folder);
    expect([code, error]).toEqual([1, ""]);
    expect(unfolded(printed)).toContain(words);
    expect(printed.length).toBeLessThan(2000);
    expect(holdsOrders(printed)).toBe(false);
    expect((await filesIn(folder)).filter(path => !path.startsWith("warehouse"))).toEqual(before);
    const tried = await canopyLine(["layouts", "test", "stark-portal", file], folder);
    expect([tried.code, tried.error]).toEqual([1, ""]);
    expect(unfolded(tried.printed)).toContain("cannot be read by stark-portal");
    expect(holdsOrders(tried.printed)).toBe(false);
  });

  test("no file, a folder, or no words", async () => {
    const folder = await makeDataFolder();
    const wrong: [string[], number, string][] = [
      [["layouts", "detect", join(folder, "nowhere.csv")], 1, "no such file"],
      [["layouts", "detect", folder], 1, "not a file"],
      [["layouts", "detect"], 2, "file"],
      [["layouts", "test", "stark-portal"], 2, "NAME FILE"],
      [["layouts", "test", "stark-portl", join(folder, "nowhere.csv")], 2, "Did you mean stark-portal?"],
      [["layouts", "test", "stark-portal", join(folder, "nowhere.csv")], 1, "no such file"],
      [["layouts", "test", join(folder, "x.csv"), "--layout-file", join(folder, "no.json")], 1, "no such file"]
    ];
    for (const [argv, code, words] of wrong)
      expect({argv, ...(await canopyLine(argv, folder))}).toMatchObject({
        argv,
        code,
        error: expect.stringContaining(words)
      });
  });
});

describe("canopy layouts test", () => {
  test("rows, rejects in full, and nothing left behind", async () => {
    const {folder, file} = await given(
      "oct.csv",
      portalFile("02/11/26 07:14", [
        {mpan, date: "2026-10-23", cells: flat(2)},
        {mpan, date: "2026-10-24", cells: flat("x")},
        {mpan: "1600000000011", date: "2026-10-24", cells: flat(1)},
        {mpan, date: "2026-10-24", cells: flat(1), type: "kVArh"}
      ])
    );
    const before = await filesIn(folder);
    const {code, printed} = await canopyLine(["layouts", "test", "stark-portal", file], folder);
    expect(code).toBe(0);
    expect(printed).toContain("4 read: 1 landed, 1 rejected, 1 skipped");
    expect(printed).toContain("row 12, meter: 1600000000011: the check digit of the MPAN does not fit");
    expect(printed).toContain(`${mpan}, Fri 23 Oct 2026, import: 48 of 48 half-hours, 96 kWh in all`);
    expect(printed).toContain("No day on which the clocks change is in this file.");
    const after = await filesIn(folder);
    expect(after.filter(path => !/^warehouse(\/scratch)?$/.test(path))).toEqual(before);
  });

  test("days of 46 and 50 half-hours, each with its early morning by the clock on the wall", async () => {
    const count = (length: number) => Array.from({length}, (_, n) => n + 1);
    const {folder, file} = await given(
      "edf.csv",
      periodDayFile([
        {mpan, date: "2025-10-26", cells: count(50)},
        {mpan, date: "2026-03-29", cells: count(46)},
        {mpan: other, date: "2026-03-30", cells: count(48)}
      ])
    );
    const {printed} = await canopyLine(["layouts", "test", "edf-portal-50", file], folder);
    expect(printed).toContain(`${mpan}, Sun 26 Oct 2025, import: 50 of 50 half-hours, 1,275 kWh in all`);
    expect(printed).toContain("00:00 1 | 00:30 2 | 01:00 BST 3 | 01:30 BST 4 | 01:00 GMT 5 | 01:30 GMT 6 | 02:00 7");
    expect(printed).toContain(`${mpan}, Sun 29 Mar 2026, import: 46 of 46 half-hours, 1,081 kWh in all`);
    expect(printed).toContain("00:00 1 | 00:30 2 | 02:00 3 | 02:30 4");
  });

  test("the shape of a day: night, day, the highest, in winter and in summer apart", async () => {
    const shaped = (rise: number) => Array.from({length: 48}, (_, n) => (n < rise ? 1 : n < 36 ? 4 : 1));
    const {folder, file} = await given(
      "oct.csv",
      portalFile("02/11/26 07:14", [
        {mpan, date: "2026-01-14", cells: shaped(16)},
        {mpan, date: "2026-01-17", cells: flat(100)},
        {mpan, date: "2026-06-10", cells: shaped(18)}
      ])
    );
    const {printed} = await canopyLine(["layouts", "test", "stark-portal", file], folder);
    expect(printed).toContain(`winter (GMT)  ${"▃".repeat(16)}${"█".repeat(20)}${"▃".repeat(12)}`);
    expect(printed).toMatch(
      /winter[\s\S]*night \(00:00–05:00\) 1, day \(09:00–17:00\) 4, highest at 08:00, rising most at 08:00/
    );
    expect(printed).toMatch(/summer[\s\S]*highest at 09:00, rising most at 09:00/);
  });

  test("half-hours that are not there are nothing, never nought", async () => {
    const {folder, file} = await given(
      "opus.csv",
      periodFile([
        {mpan, date: "2026-06-10", period: 1, kwh: 0},
        {mpan, date: "2026-06-10", period: 3, kwh: 2}
      ])
    );
    const {printed} = await canopyLine(["layouts", "test", "opus-row-per-period", file], folder);
    expect(printed).toContain("2 of 48 half-hours, 2 kWh in all");
    expect(printed).toContain("00:00 0 | 00:30 nothing | 01:00 2 | … | 23:00 nothing | 23:30 nothing");
  });

  test("a file that does not say its meter needs --meter-point, and takes it", async () => {
    const {folder, file} = await given("gmt.csv", gmtFile([{date: "2026-01-14", cells: flat(1)}]));
    const without = await canopyLine(["layouts", "test", "day-gmt-48", file], folder);
    expect(without).toMatchObject({code: 1, printed: expect.stringContaining("--meter-point")});
    const {code, printed} = await canopyLine(["layouts", "test", "day-gmt-48", file, "--meter-point", "hall"], folder);
    expect(code).toBe(0);
    expect(printed).toContain("hall, Wed 14 Jan 2026");
  });

  test("a draft in a file of its own, and one that is wrong by its place", async () => {
    const {folder, file} = await given("oct.csv", portal);
    const shipped = await readFile(new URL("../src/sources/stark/stark-portal.json", import.meta.url), "utf8");
    const draft = join(folder, "draft.json");
    await writeFile(draft, shipped.replace('"name": "stark-portal"', '"name": "mine"'));
    const {code, printed} = await canopyLine(["layouts", "test", file, "--layout-file", draft], folder);
    expect([code, printed.split("\n")[0]]).toEqual([0, "oct.csv as mine"]);
    await writeFile(draft, "{");
    expect(await canopyLine(["layouts", "test", file, "--layout-file", draft], folder)).toMatchObject({
      code: 1,
      error: expect.stringContaining(`layout ${draft}: this is not valid JSON`)
    });
  });

  test("records: the first, without what is personal, and totals by month", async () => {
    const {folder, file} = await given("fuel.E01", fuelFile(drawings, "2026-10-02 06:00:00"));
    const {code, printed} = await canopyLine(["layouts", "test", "keyfuels-e01", file], folder);
    expect(code).toBe(0);
    expect(printed).toContain("3 read: 3 landed");
    expect(printed).not.toMatch(/QZ38|pseudonym/);
    expect(unfolded(printed)).toContain("drawn_at 2026-09-30 08:00:00");
    expect(printed).toMatch(/2026-09 +018 +1 +40\.000 +56\.0000/);
    expect(printed).toMatch(/2026-10 +018 +2 +35\.500 +49\.7000/);
  });

  test("by the wrong form, the file is refused with the difference", async () => {
    const {folder, file} = await given("oct.csv", portal);
    const {code, printed} = await canopyLine(["layouts", "test", "orsis-portal", file], folder);
    expect(code).toBe(1);
    expect(unfolded(printed)).toContain(
      "oct.csv cannot be read by orsis-portal: these column headings match no known supplier layout"
    );
  });

  test("a trial reads while another process holds the council's warehouse", async () => {
    const {folder, file} = await given("oct.csv", portal);
    const {openWarehouse} = await import("../src/warehouse/warehouse.ts");
    const held = await openWarehouse(folder);
    try {
      expect(await canopyLine(["layouts", "test", "stark-portal", file], folder)).toMatchObject({code: 0});
    } finally {
      await held.close();
    }
  });
});
