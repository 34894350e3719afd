import {mkdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {canopyLine} from "../hostile/command-line.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {busyDay, councilWith, labelsOf, layoutOf, outcomeOf} from "../support/forms.ts";

const [mpan] = mpans;
const lines = (...rows: readonly string[]) => `${rows.join("\n")}\n`;
const header = `Supply,Used on,${labelsOf(30).join(",")}`;
const halfHours = {half_hours: [{name: "{HH:mm}", holds: "quantity"}], count: 48};
const ours = layoutOf("ours", {
  columns: ["Supply", "Used on", halfHours],
  meter: {column: "Supply", kind: "mpan"},
  date: {column: "Used on", formats: ["%d/%m/%Y"]}
});
const row = (date: string, meter: string = mpan) => `${meter},${date},${busyDay()}`;

/** What detect, test and ingest say of a file, in that order. */
async function allThree(text: string, layout: {name: string} = ours) {
  const folder = await makeDataFolder();
  await mkdir(join(folder, "council", "layouts"));
  await writeFile(join(folder, "council", "layouts", `${layout.name}.json`), JSON.stringify(layout));
  const file = join(folder, "file.csv");
  await writeFile(file, text);
  const said = [];
  for (const words of [
    ["layouts", "detect", file],
    ["layouts", "test", layout.name, file],
    ["ingest", "--file", file]
  ])
    said.push(await canopyLine(words, folder));
  return said.map(({code, printed}) => ({code, printed: printed.replaceAll(/\s+/g, " ")}));
}

describe("detect, test and ingest are one recogniser", () => {
  test("a file that fits: all land it", async () => {
    const said = await allThree(lines(header, row("13/01/2026"), row("14/01/2026")));
    expect(said.map(({code}) => code)).toEqual([0, 0, 0]);
    for (const {printed} of said) expect(printed).toMatch(/2 read: 2 landed/);
  });

  test("a header that fits over rows that do not: all say so, with the rows and why, and nothing landed is a failure", async () => {
    const said = await allThree(lines(header, row("13/01/2026", "1600000000011"), row("no day")));
    expect(said.map(({code}) => code)).toEqual([1, 1, 1]);
    for (const {printed} of said) {
      expect(printed).toContain("row 2, meter: 1600000000011: the check digit of the MPAN does not fit");
      expect(printed).toContain("row 3, date: no day");
    }
  });

  test("a file that ingest would refuse: detect says so too, with the same reason", async () => {
    const register = Array.from({length: 48}, (_, index) => 70_000 + index * 2);
    const said = await allThree(lines(header, `${mpan},13/01/2026,${register}`));
    expect(said.map(({code}) => code)).toEqual([1, 1, 1]);
    for (const {printed} of said) expect(printed).toContain("these are readings of a register, not consumption");
  });

  test("a refusal is no longer told of when the same bytes have landed", async () => {
    const folder = await makeDataFolder();
    const file = join(folder, "file.csv");
    await writeFile(file, lines(`,${header}`.slice(1).replace("Supply", "Supply no"), row("13/01/2026")));
    expect(await canopyLine(["ingest", "--file", file], folder)).toMatchObject({code: 1});
    const refused = async () => {
      await canopyLine(["build"], folder);
      return (await canopyLine(["status"], folder)).printed.includes("refused");
    };
    expect(await refused()).toBe(true);
    await mkdir(join(folder, "council", "layouts"));
    await writeFile(
      join(folder, "council", "layouts", "ours.json"),
      JSON.stringify({
        ...ours,
        columns: ["Supply no", "Used on", halfHours],
        meter: {column: "Supply no", kind: "mpan"}
      })
    );
    expect(await canopyLine(["ingest", "--file", file, "--layout", "ours"], folder)).toMatchObject({code: 0});
    expect(await refused()).toBe(false);
  });
});

describe("day and month are decided by the whole file", () => {
  const bring = async (...dates: readonly string[]) =>
    outcomeOf(await (await councilWith([ours])).bring("file.csv", lines(header, ...dates.map(date => row(date)))));

  test("dates that can only be month/day speak for those that could be either", async () => {
    expect(await bring("01/02/2026", "01/13/2026", "01/14/2026")).toBe(
      'refused: the layout reads dates as day/month, and 2 of its 3 dates can only be month/day, such as 01/13/2026: put "%m/%d/%Y" for "formats" in the layout'
    );
  });
  test("where some can only be one and some only the other, nothing shows which the rest are", async () => {
    expect(await bring("01/02/2026", "01/13/2026", "25/01/2026")).toMatch(
      /1 can only be day\/month, so nothing shows which the rest are: ask the sender/
    );
  });
  test("a date that is none either way is that row's alone, and a file that fits lands", async () => {
    expect(await bring("01/02/2026", "31/31/2026")).toBe("1 landed, 1 rejected, 0 skipped");
    expect(await bring("01/02/2026", "13/02/2026")).toBe("2 landed, 0 rejected, 0 skipped");
  });
});

describe("a file that was cut", () => {
  const text = lines(
    header,
    row("13/01/2026"),
    `${mpan},14/01/2026,${Array(48).fill("1.25")}`,
    `${mpan},15/01/2026,${Array(48).fill("1.25")}`
  );
  const cut = (by: number) => text.slice(0, -1 - by);
  const fixed = lines(header, ...["13", "14", "15"].map(day => `${mpan},${day}/01/2026,${Array(48).fill("1.25")}`));
  const bring = async (bytes: string) => outcomeOf(await (await councilWith([ours])).bring("file.csv", bytes));

  test("within its last number is refused as cut, where all others have more decimals", async () => {
    for (const by of [1, 2, 3])
      expect(await bring(fixed.slice(0, -1 - by))).toMatch(/^refused: it is cut off in its last number, "1(\.|\.2)?"/);
  });
  test("within its last row is refused as cut", async () => {
    expect(await bring(cut(40))).toMatch(/^refused: it is cut off in its last row/);
    expect(await bring(cut(5))).toMatch(/^refused: it is cut off in its last row/);
  });
  test("that only lacks its last line end is whole", async () => {
    expect(await bring(cut(0))).toBe("3 landed, 0 rejected, 0 skipped");
    expect(await bring(`${text}Printed by the portal`)).toBe("3 landed, 1 rejected, 0 skipped");
  });
});

test("a link in a message is the sender's own host, not that of its furniture", async () => {
  const folder = await makeDataFolder();
  const message = (from: string, html: string) =>
    `From: ${from}\r\nTo: energy@council.example\r\nSubject: Your report\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n${html}\r\n`;
  const said = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return (await canopyLine(["ingest", "--file", join(folder, name)], folder)).printed;
  };
  const links =
    '<html xmlns="http://www.w3.org/1999/xhtml"><img src="https://pixel.mailer.example.net/x.gif"><a href="https://files.supplier.co.uk/r?k=1">report</a>';
  expect(await said("a.eml", message("reports@mail.supplier.co.uk", links))).toContain(
    "download it from files.supplier.co.uk and bring that"
  );
  expect(await said("b.eml", message("someone@else.example.org", links))).toContain(
    "download it from pixel.mailer.example.net"
  );
  expect(
    await said("c.eml", message("someone@else.example.org", '<html xmlns="http://www.w3.org/1999/xhtml">Nothing'))
  ).toContain("the message has no attachment");
});

test("a layout is shown as JSON that canopy reads back as the same", async () => {
  const canopy = await councilWith([]);
  const {code, printed} = await canopyLine(["layouts", "sse2", "--json"], canopy.folder);
  const shipped = JSON.parse(await readFile(new URL("../../src/sources/sse/sse2.json", import.meta.url), "utf8"));
  expect([code, JSON.parse(printed)]).toEqual([
    0,
    expect.objectContaining({name: "sse2", meter: shipped.meter, unit: shipped.unit})
  ]);
  await mkdir(join(canopy.folder, "council", "layouts"), {recursive: true});
  await writeFile(join(canopy.folder, "council", "layouts", "copy.json"), printed.replace('"sse2"', '"copy"'));
  expect(await canopyLine(["layouts", "copy"], canopy.folder)).toMatchObject({code: 0});
  expect(await canopyLine(["layouts", "bill-csv-gas", "--json"], canopy.folder)).toMatchObject({
    code: 1,
    error: expect.stringContaining("a format of records")
  });
  expect(new Canopy(canopy.folder).folder).toBe(canopy.folder);
});
