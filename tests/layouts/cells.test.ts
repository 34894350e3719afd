import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {bringLines, linesOf, rejectsOf} from "../support/landed-lines.ts";

const [mpan] = mpans;
/** Two layouts of a council's own: numbers as a spreadsheet groups them, and as the continent writes them. */
const ownLayouts = [
  {name: "grouped", separator: ",", number: {thousands: ","}},
  {name: "continental", separator: ";", number: {decimal: ",", thousands: " "}}
].map(own => ({
  ...own,
  description: "numbers written in another way",
  evidence: "invented for the test",
  feed: "estate-energy",
  columns: ["Meter", "Day", {half_hours: [{name: `${own.name} {n}`, holds: "quantity"}], count: 48}, "Sum"],
  meter: {column: "Meter", kind: "mpan"},
  date: {column: "Day", formats: ["%Y-%m-%d"]},
  shape: {rows: "day"},
  clock: "settlement-period",
  unit: {is: "kWh"}
}));

let canopy: Canopy;
let leave = async () => {};

beforeAll(async () => {
  const folder = await makeDataFolder(undefined, undefined, finish => {
    leave = finish;
  });
  await mkdir(join(folder, "council", "layouts"));
  for (const layout of ownLayouts)
    await writeFile(join(folder, "council", "layouts", `${layout.name}.json`), JSON.stringify(layout));
  canopy = new Canopy(folder);
});
afterAll(() => leave());

let files = 0;
const bring = (lines: readonly string[], feed = "estate-energy") => {
  files += 1;
  return bringLines(canopy, lines, {name: `file-${files}.csv`, feed});
};

/** Nothing in the half-hours that only the day of 50 has. */
const shortDay = {"quantity 49": "", "quantity 50": ""};

describe("numbers and units", () => {
  const cells = ["1,234.5", ...Array.from({length: 46}, () => "0.5"), ""];

  test("thousands as a spreadsheet groups them: 1,234.5 is one number", async () => {
    const header = ["Meter", "Day", ...cells.map((_, index) => `grouped ${index + 1}`), "Sum"].join();
    const {load, held, total} = await bring([
      header,
      [mpan, "2026-09-01", ...cells.map(cell => `"${cell}"`), ""].join()
    ]);
    expect(load).toMatchObject({layout: "grouped", rows_landed: 1, cells_rejected: 0});
    expect([held.size, total]).toEqual([47, 1257.5]);
  });

  test("a decimal comma, cells parted by semicolons", async () => {
    const header = ["Meter", "Day", ...cells.map((_, index) => `continental ${index + 1}`), "Sum"].join(";");
    const continental = cells.map(cell => cell.replace(",", " ").replace(".", ","));
    expect(continental[0]).toBe("1 234,5");
    const {load, held, total} = await bring([header, [mpan, "2026-09-01", ...continental, ""].join(";")]);
    expect(load).toMatchObject({layout: "continental", rows_landed: 1, cells_rejected: 0});
    expect([held.size, total]).toEqual([47, 1257.5]);
  });

  test("gas of no stated unit is kept as the meter counted it, for the register to say", async () => {
    const {load, days} = await bring(
      linesOf("my-sefe-portal-new", [
        {MPRN: "9100000001", Date: "01/09/2026", quantity: 2, Total: 96},
        {MPRN: "9100000002", Date: "01/09/2026", quantity: 70, Total: 3360}
      ])
    );
    expect(load).toMatchObject({layout: "my-sefe-portal-new", rows_landed: 2});
    expect(days.map(({meter, unit, total}) => [meter, unit, total])).toEqual([
      ["9100000001", "metered", 96],
      ["9100000002", "metered", 3360]
    ]);
  });

  test("a row that does not make its total is rejected, and one within the last decimal is not", async () => {
    const row = {Meter: mpan, quantity: "0.333"};
    const {load} = await bring(
      linesOf("energy-assets2", [
        {...row, Date: "2026-09-01", Total: "16.00"},
        {...row, Date: "2026-09-02", Total: "15.90"}
      ])
    );
    expect(load).toMatchObject({rows_landed: 1, rows_rejected: 1});
    expect(await rejectsOf(canopy, load)).toEqual(["row total: 15.90 is not the sum, 15.984"]);
  });
});

describe("headers", () => {
  const row = {
    Commodity: "Gas",
    "MPAN/MPRN/SPID": "9100000001",
    "Reading Date": "01/09/2026",
    Consumption: 48,
    quantity: 1
  };
  const insertAt = (line: string, index: number, cell: string) =>
    [...line.split(",").slice(0, index), cell, ...line.split(",").slice(index)].join();

  test("by name: a column inserted in the middle moves no reading", async () => {
    const [header = "", line = ""] = linesOf("british-gas-new", [{...row, "quantity 1": 0.5, "quantity 48": 1.5}]);
    const {load, held, total} = await bring([insertAt(header, 20, "Tariff"), insertAt(line, 20, "99")]);
    expect(load).toMatchObject({layout: "british-gas-new", rows_landed: 1});
    expect([held.get("2026-09-01 1"), held.get("2026-09-01 48"), total]).toEqual([0.5, 1.5, 48]);
  });

  test("in order: a column inserted in the middle refuses the file, with the column", async () => {
    const [header = "", line = ""] = linesOf("drax-portal", [{MPAN: mpan, Date: "2026-09-01", quantity: 1}]);
    const {load} = await bring([insertAt(header, 2, "Tariff"), insertAt(line, 2, "99")]);
    expect(load).toMatchObject({
      outcome: "refused",
      reason: "these column headings match no known supplier layout",
      difference: 'nearest is drax-portal, line 1: not expected "Tariff"'
    });
  });

  test("by name: a column that is missing refuses the file", async () => {
    const [header = "", line = ""] = linesOf("british-gas-new", [row]);
    const {load} = await bring([header.replace(",Commodity", ""), line.replace(",Gas", "")]);
    expect(load).toMatchObject({
      outcome: "refused",
      difference: 'nearest is british-gas-new, line 1: missing "Commodity"'
    });
  });

  test("none: the first row is read like the rest", async () => {
    const {load, total} = await bring(
      linesOf("siemens", [
        {MPXN: mpan, Date: "01/09/26", quantity: 1},
        {MPXN: mpan, Date: "02/09/26", quantity: 2}
      ])
    );
    expect(load).toMatchObject({layout: "siemens", rows_read: 2, rows_landed: 2});
    expect(total).toBe(144);
  });

  test("a line sep=, above it, a column of nothing at its end", async () => {
    const row = {MPAN: mpan, "Date (UTC)": "14-01-2026", "Total kWh": 48, quantity: 1, status: "Actual"};
    const {load} = await bring(["sep=,", ...linesOf("edf-historic", [row])]);
    expect(load).toMatchObject({layout: "edf-historic", rows_landed: 1});
    expect((await bring(linesOf("edf-historic2", [row]))).load).toMatchObject({
      layout: "edf-historic2",
      rows_landed: 1
    });
  });

  test("a report's run date above it is when it was issued", async () => {
    const {load} = await bring([
      "Meter report",
      "Report Run Date,02/09/26 15:15:44",
      "",
      ...linesOf("stark-portal", [{MPAN: mpan, Type: "KWH", Est: "A", Date: "01/09/26", quantity: 1}])
    ]);
    expect(load).toMatchObject({layout: "stark-portal", rows_landed: 1, issued_at: new Date("2026-09-02T14:15:00Z")});
  });
});

describe("statuses and dates", () => {
  test("estimates are counted as such; a reading beside a failed flag is not believed", async () => {
    const row = {MPAN: mpan, Date: "01/09/2026", quantity: 1, status: "A", Total: 48, ...shortDay};
    const {load, days} = await bring(
      linesOf("drax-portal-new", [
        {...row, "status 1": "E", "status 2": "Estimate", "status 3": "Estimated"},
        {...row, Date: "02/09/2026", "status 7": "F"}
      ])
    );
    expect(days.map(({date, estimated}) => [date, estimated])).toEqual([["2026-09-01", 3]]);
    expect(load).toMatchObject({rows_landed: 1, rows_rejected: 1});
    expect(await rejectsOf(canopy, load)).toEqual([expect.stringMatching(/^status: /)]);
  });

  test("Yes in Actual or Estimate is an estimate", async () => {
    const row = {MPAN: mpan, "Measurement Quantity ID": "AI", quantity: 1, ...shortDay};
    const {days} = await bring(
      linesOf("tgp-hh-manual", [
        {...row, Date: "01/09/2026", "Actual or Estimate": "Yes"},
        {...row, Date: "02/09/2026", "Actual or Estimate": "No"}
      ])
    );
    expect(days.map(({estimated}) => estimated)).toEqual([48, 0]);
  });

  test("a feed that turns its dates about is read both ways", async () => {
    const row = {mpxn: mpan, quantity: 1, status: "A"};
    const {days} = await bring(
      linesOf("british-gas-dc-da-electricity", [
        {...row, reading_date: "2026/08/12"},
        {...row, reading_date: "13/08/2026"}
      ])
    );
    expect(days.map(({date}) => date)).toEqual(["2026-08-12", "2026-08-13"]);
  });
});
