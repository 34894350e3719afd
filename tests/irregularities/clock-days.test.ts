import {describe, expect, test} from "vitest";
import {bringLines, linesOf, type NamedCells} from "../support/landed-lines.ts";
import {flat, portalFile} from "../support/supplier-files.ts";
import {
  asHeld,
  byName,
  cellsOf,
  council,
  counted,
  heldTotal,
  mpan,
  naiveNumber,
  secondMpan,
  thirdMpan,
  total
} from "./council.ts";

const quantities = (cells: readonly (number | string)[], first = 1): NamedCells =>
  Object.fromEntries(cells.map((cell, index) => [`quantity ${first + index}`, cell]));

/**
 * Irregularity 1: the spring day of 46 half-hours, told in three ways: numbered periods that end early, with null for the last two; the wall clock with
 * blanks at the hour that did not happen; the wall clock with noughts there.
 */
describe("1: the spring day, three ways", () => {
  const kwh = counted(46);
  const wall = (filler: string) => [...kwh.slice(0, 2), filler, filler, ...kwh.slice(2)];
  const perse = linesOf("perse", [
    {
      MPAN: mpan,
      Date: "2026-03-29",
      MQ: "AI",
      ...quantities([...kwh, "null", "null"]),
      ...Object.fromEntries(kwh.map(period => [`status ${period}`, "A"]))
    }
  ]);
  const portal = (id: string, filler: string) =>
    portalFile("02/04/26 07:00", [{mpan: id, date: "2026-03-29", cells: wall(filler)}]);

  test("all are the same 46 half-hours", async () => {
    const c = await council();
    await c.bring("perse.csv", `${perse.join("\n")}\n`);
    await c.bring("blanks.csv", portal(secondMpan, ""));
    await c.bring("noughts.csv", portal(thirdMpan, "0"));
    for (const id of [mpan, secondMpan, thirdMpan]) expect(await c.day(id, "2026-03-29"), id).toEqual(asHeld(kwh));
    const coverage = await c.ask(
      "select meter_point_id, expected_half_hours as expected, missing_half_hours as missing from marts.data_coverage where month = '2026-03-01' and present_half_hours > 0 order by 1"
    );
    expect(coverage).toEqual(
      [mpan, secondMpan, thirdMpan].map(meter_point_id => ({
        meter_point_id,
        expected: 46 + 30 * 48,
        missing: 30 * 48
      }))
    );
  });

  test("read naively, each is a day of 48, two of them nought, and period 3 begins at 01:00", async () => {
    const c = await council([{id: mpan}]);
    await c.bring("perse.csv", `${perse.join("\n")}\n`);
    const naive = cellsOf(perse[1]).slice(3, 51).map(naiveNumber);
    const held = await c.day(mpan, "2026-03-29");
    expect([naive.length, naive.filter(cell => cell === 0).length]).toEqual([48, 2]);
    expect([held.length, held.filter(cell => cell === "0").length]).toEqual([46, 0]);
    const clock = await c.ask<{clock: number; kw: number}>(
      "select clock_half_hour as clock, power_kw as kw from marts.site_half_hourly where settlement_date = '2026-03-29' and power_kw is not null order by 1"
    );
    const naiveClock = kwh.map((each, index) => ({clock: index, kw: 2 * each}));
    expect(clock.slice(0, 4)).toEqual([
      {clock: 0, kw: 2},
      {clock: 1, kw: 4},
      {clock: 4, kw: 6},
      {clock: 5, kw: 8}
    ]);
    expect(clock).not.toEqual(naiveClock);
  });
});

/** Irregularity 2: the autumn day of 50 half-hours, told as two columns at the end, as periods 49 and 50, or as the same two labels twice. */
describe("2: the autumn day, three ways", () => {
  const kwh = counted(50);
  /** By the clock: the first pass of 01:00 to 02:00 in its place, the second at the end. */
  const clock = [...kwh.slice(0, 4), ...kwh.slice(6), ...kwh.slice(4, 6)];
  const extra = linesOf("my-energy-coach-site-name", [
    {"Meter Reference": mpan, "Reading Date": "25/10/2026", status: "A", ...quantities(clock)}
  ]);
  const numbered = linesOf("drax-portal", [
    {MPAN: secondMpan, Date: "2026-10-25", Total: total(kwh), ...quantities(kwh)}
  ]);
  const label = (after: number) =>
    `${String(Math.trunc(after / 60) % 24).padStart(2, "0")}:${after % 60 === 0 ? "00" : "30"}`;
  const ends = [30, 60, 90, 120, 90, 120, ...counted(44, 5).map(half => 30 * half)];
  const twice = [
    "MPAN,Date/Time,Energy (kWh),Data Quality",
    ...ends.map((end, index) => `${thirdMpan},${end === 1440 ? "26" : "25"}/10/2026 ${label(end)},${kwh[index]},A`)
  ];

  test("all are the same 50 half-hours", async () => {
    const c = await council();
    for (const [name, lines] of Object.entries({extra, numbered, twice}))
      await c.bring(`${name}.csv`, `${lines.join("\n")}\n`);
    for (const id of [mpan, secondMpan, thirdMpan]) expect(await c.day(id, "2026-10-25"), id).toEqual(asHeld(kwh));
  });

  test("48 columns, or one reading a label, lose the hour; added up by label it is one half-hour of both", async () => {
    const c = await council();
    const held = {
      extra: await bringLines(c, extra, {name: "extra.csv"}),
      twice: await bringLines(c, twice, {name: "twice.csv"})
    };
    const naive48 = total(
      cellsOf(extra[1])
        .slice(5)
        .filter((_, index) => index % 2 === 0)
        .slice(0, 48)
        .map(naiveNumber)
    );
    const rows = twice.slice(1).map(line => [cellsOf(line)[1] ?? "", naiveNumber(cellsOf(line)[2] ?? "")] as const);
    const lastOfLabel = total([...new Map(rows).values()]);
    expect([held.extra.total, held.twice.total]).toEqual([1275, 1275]);
    expect([naive48, lastOfLabel]).toEqual([1275 - 5 - 6, 1275 - 3 - 4]);
    const atOne = total(rows.filter(([stamp]) => stamp === "25/10/2026 01:30").map(([, each]) => each));
    expect([held.twice.held.get("2026-10-25 3"), held.twice.held.get("2026-10-25 5")]).toEqual([3, 5]);
    expect(atOne).toBe(8);
  });
});

/** Irregularity 3: the cell of 00:00 ends the day of its row, though the clock that it shows begins one. */
describe("3: midnight belongs to yesterday", () => {
  const cells = [...counted(46), 4.2, 4.0];

  test.each([
    ["a portal", "stark-portal", portalFile("25/10/26 07:00", [{mpan, date: "2026-10-24", cells}])],
    [
      "another, of the header 00:30 … 00:00",
      "imserv-datavision",
      `${linesOf("imserv-datavision", [
        {"Site Id": mpan, "Data Type": "Active Import", "Reading Date": "24/10/2026", status: "A", ...quantities(cells)}
      ]).join("\n")}\n`
    ]
  ])("%s: the last cell is 23:30 to 24:00 of the 24th", async (_name, layout, text) => {
    const c = await council();
    expect(await c.bring("day.csv", text)).toMatchObject({layout, rows_rejected: 0});
    const held = await c.day(mpan, "2026-10-24");
    expect(held).toEqual(asHeld(cells));
    expect(await c.day(mpan, "2026-10-25")).toEqual([]);
    const naiveByLabel = [cells.at(-1), ...cells.slice(0, -1)].map(String);
    expect([naiveByLabel[0], held[0]]).toEqual(["4", "1"]);
    expect([naiveByLabel[47], held[47]]).toEqual(["4.2", "4"]);
  });

  test("a row stamped 25/10/2026 00:00 is of the 24th; by its date it would be the 25th's", async () => {
    const c = await council();
    const line = `${mpan},25/10/2026 00:00,4.0,A`;
    const {days, held} = await bringLines(c, ["MPAN,Date/Time,Energy (kWh),Data Quality", line], {name: "rows.csv"});
    const naiveDate = cellsOf(line)[1]?.slice(0, 10).split("/").reverse().join("-");
    expect([days[0]?.date, [...held.keys()]]).toEqual(["2026-10-24", ["2026-10-24 48"]]);
    expect(naiveDate).toBe("2026-10-25");
  });
});

/** Irregularity 4: the last half-hour of a day comes in the next file, whose row of that day is otherwise empty. */
describe("4: the last half-hour in the next file", () => {
  const first = portalFile("25/10/26 07:00", [{mpan, date: "2026-10-24", cells: [...flat(4, 47), ""]}]);
  const second = portalFile("26/10/26 07:00", [{mpan, date: "2026-10-24", cells: [...flat("", 47), 4.1]}]);

  test.each([
    ["in their order", [first, second]],
    ["the other way round", [second, first]]
  ])("%s", async (_name, files) => {
    const c = await council();
    for (const [index, text] of files.entries()) await c.bring(`file-${index}.csv`, text);
    const held = await c.day(mpan, "2026-10-24");
    expect(held).toEqual([...flat("4", 47), "4.1"]);
    const lastCells = (text: string) => cellsOf(text.trimEnd().split("\n").at(-1)).slice(8).map(naiveNumber);
    const newestRow = total(lastCells(second));
    const firstRow = total(lastCells(first));
    expect([heldTotal(held), newestRow, firstRow].map(kwh => kwh.toFixed(1))).toEqual(["192.1", "4.1", "188.0"]);
  });

  test("between the two the half-hour is missing, not nought", async () => {
    const c = await council();
    await c.bring("first.csv", first);
    expect((await c.day(mpan, "2026-10-24")).at(-1)).toBe("-");
    expect(String(lastNaively(first))).toBe("0");
  });

  const lastNaively = (text: string) => naiveNumber(cellsOf(text.trimEnd()).at(-1) ?? "");
});

/** Irregularity 7: one name for many columns: `00:00,Type,00:30,Type`, or HH1 to HH50 for readings and again for their flags. */
describe("7: the same name for many columns", () => {
  test("a type after each half-hour is that half-hour's: keyed by name, one type stands for all", async () => {
    const c = await council();
    const flags = Object.fromEntries(counted(48).map(slot => [`status ${slot}`, slot > 46 ? "E" : "A"]));
    const lines = linesOf("edf-historic", [
      {MPAN: mpan, "Date (UTC)": "14-01-2026", "Total kWh": 96, quantity: 2, ...flags}
    ]);
    await c.bring("edf.csv", `${lines.join("\n")}\n`);
    const held = await c.day(mpan, "2026-01-14");
    expect(held).toEqual([...flat("2", 46), "2e", "2e"]);
    const named = byName(cellsOf(lines[0]), cellsOf(lines[1]));
    const naivelyEstimated = counted(48).filter(() => named.Type === "E").length;
    expect([naivelyEstimated, held.filter(cell => cell.endsWith("e")).length]).toEqual([48, 2]);
  });

  test("the first HH1 is the reading, the second its flag: keyed by name, the readings are gone", async () => {
    const c = await council();
    const lines = linesOf("drax-portal-new", [
      {
        MPAN: mpan,
        Date: "14/01/2026",
        Total: 1176,
        ...quantities(counted(48)),
        ...Object.fromEntries(counted(48).map(slot => [`status ${slot}`, slot === 2 ? "E" : "A"]))
      }
    ]);
    await c.bring("drax.csv", `${lines.join("\n")}\n`);
    const held = await c.day(mpan, "2026-01-14");
    expect(held).toEqual(asHeld(counted(48)).map(cell => (cell === "2" ? "2e" : cell)));
    const named = byName(cellsOf(lines[0]), cellsOf(lines[1]));
    const naive = total(counted(48).map(slot => naiveNumber(named[`HH${slot}`] ?? "")));
    expect([naive, heldTotal(held)]).toEqual([0, 1176]);
  });
});
