import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {bringAll} from "../support/bring-all.ts";
import {linesOf} from "../support/landed-lines.ts";
import {flat, periodFile, portalFile} from "../support/supplier-files.ts";
import {asHeld, cellsOf, council, counted, heldTotal, mpan, naiveNumber, secondMpan, total} from "./council.ts";

/** Irregularity 5: `sep=,` above the header in one month and not in another; none to nine rows before the readings; headers with spaces. */
describe("5: the header that comes and goes", () => {
  const above = [0, 1, 2, 3, 5, 6, 8, 9];
  const dayOf = (index: number) => `2026-01-${String(index + 11)}`;
  const linesFor = (index: number) =>
    linesOf("drax-portal", [
      {
        MPAN: mpan,
        Date: dayOf(index),
        Total: 48 * (index + 1),
        quantity: index + 1,
        "quantity 49": "",
        "quantity 50": ""
      }
    ]);
  const files = new Map(
    above.map((rows, index) => {
      const preamble = rows === 1 ? ["sep=,"] : counted(rows).map(row => `Report ${row}`);
      return [`rows-${rows}.csv`, `${[...preamble, ...linesFor(index)].join("\n")}\n`] as const;
    })
  );

  test("the header is found wherever it stands; skipping one line reads one file of eight", async () => {
    const c = await council();
    await bringAll(c, files);
    const held = await c.ask<{day: string; kwh: number}>(
      "select strftime(settlement_date, '%Y-%m-%d') as day, list_sum(kwh) as kwh from marts.meter_days order by 1"
    );
    expect(held).toEqual(above.map((_, index) => ({day: dayOf(index), kwh: 48 * (index + 1)})));
    const naive = [...files.values()].map(text => {
      const [, first = ""] = text.split("\n");
      return total(cellsOf(first).slice(3).map(naiveNumber));
    });
    expect(naive.filter((kwh, index) => kwh === held[index]?.kwh)).toEqual([48]);
  });

  test("a file without any header loses its first day to a program that skips one line", async () => {
    const c = await council();
    const lines = linesOf("site-meter-day-no-header", [
      {"Meter point": mpan, "Meter number": "E1", Date: "14/01/26", quantity: 3},
      {"Meter point": mpan, "Meter number": "E1", Date: "15/01/26", quantity: 4}
    ]);
    expect(await c.bring("bare.csv", `${lines.join("\n")}\n`)).toMatchObject({rows_read: 2, rows_landed: 2});
    const held = heldTotal([...(await c.day(mpan, "2026-01-14")), ...(await c.day(mpan, "2026-01-15"))]);
    const naive = total(lines.slice(1).flatMap(line => cellsOf(line).slice(3).map(naiveNumber)));
    expect([held, naive]).toEqual([48 * 7, 48 * 4]);
  });

  test("spaces about the names of a header are no other header; compared as they stand it would be", async () => {
    const c = await council();
    const [header = "", row = ""] = linesOf("site-meter-day", [
      {"Site Id": mpan, "Meter Number": "E1", "Reading Date": "14/01/26", quantity: 3}
    ]);
    const spaced = header.replace("Reading Date", "Reading Date ").replace("Meter Number", " Meter  Number");
    expect(cellsOf(spaced).indexOf("Reading Date")).toBe(-1);
    expect(await c.bring("spaced.csv", `${spaced}\n${row}\n`)).toMatchObject({
      layout: "site-meter-day",
      rows_landed: 1
    });
  });
});

/** Irregularity 6: a column set in among the others: every value moves one place, and each still looks plausible. */
describe("6: a column inserted in the middle", () => {
  const row = {
    Commodity: "Electricity",
    "MPAN/MPRN/SPID": mpan,
    "Reading Date": "14/01/2026",
    Consumption: 1176,
    ...Object.fromEntries(counted(48).map(slot => [`quantity ${slot}`, slot]))
  };
  const insertAt = (lines: readonly string[], at: number, cells: readonly string[]) =>
    lines.map((line, index) =>
      cellsOf(line)
        .toSpliced(at, 0, cells[index] ?? "")
        .join(",")
    );
  /** The 48 cells before the end, or from where the half-hours stood before. */
  const byPlace = (line: string | undefined, from: number) =>
    cellsOf(line)
      .slice(from, from + 48)
      .map(naiveNumber);

  test("where the layout goes by names, the values stay what they are; by place the day is another", async () => {
    const c = await council();
    const lines = insertAt(linesOf("british-gas-new", [row]), 9, ["Max Demand (kW)", "96"]);
    await c.bring("inserted.csv", `${lines.join("\n")}\n`);
    const held = await c.day(mpan, "2026-01-14");
    expect(held).toEqual(asHeld(counted(48)));
    const naive = byPlace(lines[1], 9);
    expect([naive.length, naive.slice(0, 3), total(naive)]).toEqual([48, [96, 1, 2], 1176 + 96 - 48]);
    expect(heldTotal(held)).toBe(1176);
  });

  test("where the order is the layout's, the file is refused with the column, and held until somebody has looked", async () => {
    const c = await council();
    const plain = linesOf("site-meter-day", [
      {"Site Id": mpan, "Meter Number": "17", "Reading Date": "14/01/26", quantity: 2}
    ]);
    const lines = insertAt(plain, 3, ["Max Demand (kW)", "96"]);
    const load = await c.bring("inserted.csv", `${lines.join("\n")}\n`);
    expect([load.outcome, load.rows_landed]).toEqual(["refused", 0]);
    expect(load.difference).toContain('not expected "Max Demand (kW)"');
    const naive = total(byPlace(lines[1], 3));
    expect([naive, total(byPlace(plain[1], 3))]).toEqual([96 + 47 * 2, 96]);
    expect(await c.day(mpan, "2026-01-14")).toEqual([]);
  });
});

/** Irregularity 8: reactive energy, maximum demand and totals stand among the rows of active energy. */
describe("8: mixed quantities in one file", () => {
  test("rows of reactive energy are passed over and counted; summed with the others they are a third of the day", async () => {
    const c = await council();
    const reads = (type: string, kwh: number) =>
      counted(48).map(period => ({mpan, date: "2026-01-14", period, kwh, type}));
    const text = periodFile([...reads("AI", 4), ...reads("RI", 2)]);
    expect(await c.bring("mixed.csv", text)).toMatchObject({rows_read: 96, rows_landed: 48, rows_dropped: 48});
    const held = heldTotal(await c.day(mpan, "2026-01-14"));
    const naive = total(
      text
        .split("\n")
        .slice(2)
        .map(line => naiveNumber(cellsOf(line)[4] ?? ""))
    );
    expect([held, naive]).toEqual([192, 288]);
  });

  test("units of lagging reactive energy, and kVArh, are no kWh", async () => {
    const c = await council();
    const rows = [
      {MPAN: mpan, Units: "kWh", Date: "14/01/26", quantity: 4},
      {MPAN: mpan, Units: "LAG", Date: "14/01/26", quantity: 2}
    ];
    const lagging = linesOf("sse2", rows);
    const orsis = linesOf("orsis-portal", [
      {MPAN: secondMpan, Units: "kWh", "Reading Date": "14/01/2026", quantity: 5},
      {MPAN: secondMpan, Units: "kVArh", "Reading Date": "14/01/2026", quantity: 1}
    ]);
    for (const [name, lines] of Object.entries({lagging, orsis}))
      expect(await c.bring(`${name}.csv`, `${lines.join("\n")}\n`)).toMatchObject({rows_landed: 1, rows_dropped: 1});
    const naive = (lines: readonly string[], from: number) =>
      total(lines.slice(1).flatMap(line => cellsOf(line).slice(from).map(naiveNumber)));
    expect([heldTotal(await c.day(mpan, "2026-01-14")), naive(lagging, 3)]).toEqual([192, 288]);
    expect([heldTotal(await c.day(secondMpan, "2026-01-14")), naive(orsis, 4)]).toEqual([240, 288]);
  });

  test("a row of the grand total is no meter, and its column no half-hour", async () => {
    const c = await council();
    const day = (id: string, kwh: number) => ({
      Mpan: id,
      "Settlement Date": "14/01/2026",
      quantity: kwh,
      "Grand Total": 48 * kwh,
      "quantity 49": "",
      "quantity 50": ""
    });
    const lines = linesOf("bryt", [
      day(mpan, 1),
      day(secondMpan, 2),
      {...day("Grand Total", 3), "Settlement Date": ""}
    ]);
    expect(await c.bring("bryt.csv", `${lines.join("\n")}\n`)).toMatchObject({rows_landed: 2, rows_dropped: 1});
    const [held] = await c.ask<{kwh: number}>("select sum(list_sum(kwh)) as kwh from marts.meter_days");
    const naive = total(lines.slice(1).flatMap(line => cellsOf(line).slice(2).map(naiveNumber)));
    expect([held?.kwh, naive]).toEqual([144, 2 * 2 * 144]);
  });

  test("a portal's kVArh beside its kWh is passed over", async () => {
    const c = await council();
    const text = portalFile("25/10/26 07:00", [
      {mpan, date: "2026-10-20", cells: flat(4)},
      {mpan, date: "2026-10-20", cells: flat(3), type: "kVArh"}
    ]);
    expect(await c.bring("portal.csv", text)).toMatchObject({rows_landed: 1, rows_dropped: 1});
    const naive = total(
      text
        .trimEnd()
        .split("\n")
        .slice(-2)
        .flatMap(line => cellsOf(line).slice(8).map(naiveNumber))
    );
    expect([heldTotal(await c.day(mpan, "2026-10-20")), naive]).toEqual([192, 336]);
  });
});

/**
 * Irregularity 9: a gas file without a unit. One meter reads cubic metres, one cubic feet, one hundreds of cubic feet; the register says which. Of a
 * meter of which it does not, nothing is counted and its days are held.
 */
test("9: the unit is not stated", async () => {
  const mprns = ["9100000001", "9100000002", "9100000003", "9100000004"] as const;
  const c = await council(mprns.map((id, index) => ({id, energy: "gas", site: `site-${index}`})));
  const units = ["m3", "ft3", "hcf"];
  await writeFile(
    join(c.folder, "council", "meters.csv"),
    [
      "meter_point_id,serial,unit,digits,multiplier,volume_correction,gas_zone,valid_from,valid_to",
      ...units.map((unit, index) => `${mprns[index]},,${unit},,,,,,`),
      ""
    ].join("\n")
  );
  const [header = "", ...rows] = linesOf(
    "engie",
    mprns.map((id, index) => ({"Meter Name": id, Date: "14/01/2026", quantity: [2, 70, 1, 5][index] ?? 0}))
  );
  expect(await c.bring("gas.csv", `${[header, ...rows].join("\n")}\n`)).toMatchObject({rows_landed: 4});
  const kwh = await c.ask<{meter_point_id: string; kwh: number}>(
    "select meter_point_id, list_sum(kwh) as kwh from marts.meter_days order by 1"
  );
  // 1 m3 × 1.02264 × 39.075 / 3.6 = 11.099905 kWh; 1 ft3 = 0.028316846592 m3; 1 hcf = 2.8316846592 m3.
  const perCubicMetre = 11.099905;
  const right = [48 * 2 * perCubicMetre, 48 * 70 * 0.028316846592 * perCubicMetre, 48 * 2.8316846592 * perCubicMetre];
  expect(kwh).toEqual(right.map((each, index) => ({meter_point_id: mprns[index], kwh: expect.closeTo(each, 2)})));
  expect(right.map(Math.round)).toEqual([1066, 1056, 1509]);
  const naiveKwh = rows.map(line => total(cellsOf(line).slice(2).map(naiveNumber)));
  const naiveCubicMetres = naiveKwh.map(each => Math.round(each * perCubicMetre));
  expect(naiveKwh).toEqual([96, 3360, 48, 240]);
  expect(naiveCubicMetres).toEqual([1066, 37296, 533, 2664]);
  expect(await c.ask("select meter_key, why, days from marts.held_meters")).toEqual([
    {meter_key: mprns[3], why: "its unit is not in meters.csv", days: 1}
  ]);
});
