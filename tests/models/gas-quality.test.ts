import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {type Cell, flat, gasFile} from "../support/supplier-files.ts";
import {calorificFile, portalIndexFile, sourcesOf, writeMetering} from "./meter-files.ts";

const [north, east, unsaid] = ["9100000001", "9100000002", "9100000003"];
const gas = (id: string) => ({id, energy: "gas", site: `site-${id}`}) as const;
const cubicMetres = (mprn: string, date: string, cells: readonly Cell[]) => ({
  mprn,
  date,
  unit: "M3",
  total: cells.reduce<number>((sum, cell) => sum + Number(cell), 0),
  cells
});

const daily = async (c: Canopy) =>
  c.ask<{site: string; date: string; kwh: number}>(
    `select site_id as site, settlement_date::date::varchar as date, round(consumption_kwh, 3) as kwh
     from marts.site_energy_daily order by site, date`
  );

test("a cubic metre takes the calorific value of its zone and gas day, from 05:00; a day that is not held takes the usual one, and says so", async () => {
  const c = new Canopy(await makeDataFolder([gas(north), gas(east), gas(unsaid)]));
  await writeMetering(c.folder, "meters.csv", [`${north},,,,,,NW,,`, `${east},,,,,1.03,EM,,`]);
  await c.bring(
    "volumes.csv",
    gasFile([
      ...[north, east, unsaid].map(mprn => cubicMetres(mprn, "2026-06-02", flat(1))),
      cubicMetres(north, "2026-06-03", flat(1))
    ])
  );
  const zones = (name: string, zone: string, values: readonly (readonly [string, number])[]) =>
    c.bring(name, calorificFile(zone, values), {feed: "gas-quality"});
  await zones("nw.csv", "NW", [
    ["2026-06-01", 39],
    ["2026-06-02", 40]
  ]);
  // Where one zone alone is held it is that of meters whose zone nobody says: (10 × 39 + 38 × 40) × 1.02264 / 3.6.
  expect(await daily(c)).toMatchObject([
    {site: "site-9100000001", date: "2026-06-02", kwh: 542.567},
    // (10 × 40 + 38 × 39.075) × 1.02264 / 3.6: the gas day of the 3rd is not held.
    {site: "site-9100000001", date: "2026-06-03", kwh: 535.423},
    // The zone is said and not held: 48 × 39.075 × its own correction of 1.03 / 3.6.
    {site: "site-9100000002", date: "2026-06-02", kwh: 536.63},
    {site: "site-9100000003", date: "2026-06-02", kwh: 542.567}
  ]);
  await zones("em.csv", "EM", [
    ["2026-06-01", 39],
    ["2026-06-02", 40]
  ]);
  expect(await daily(c)).toMatchObject([
    {},
    {},
    // (10 × 39 + 38 × 40) × 1.03 / 3.6.
    {site: "site-9100000002", kwh: 546.472},
    // Of two zones nobody says which: 48 × 39.075 × 1.02264 / 3.6.
    {site: "site-9100000003", kwh: 532.795}
  ]);
  expect(
    await c.ask(
      `select meter_point_id as meter, month::date::varchar as month, source, gas_days, mean_calorific_value_mj_per_m3 as mean
       from marts.gas_quality order by meter, source`
    )
  ).toEqual([
    {meter: north, month: "2026-06-01", source: "published", gas_days: 2, mean: 39.5},
    {meter: north, month: "2026-06-01", source: "usual", gas_days: 1, mean: 39.075},
    {meter: east, month: "2026-06-01", source: "published", gas_days: 2, mean: 39.5},
    {meter: unsaid, month: "2026-06-01", source: "usual", gas_days: 2, mean: 39.075}
  ]);
});

test("a value that is published again is the one told last", async () => {
  const c = new Canopy(await makeDataFolder([gas(north)]));
  await c.bring("volumes.csv", gasFile([cubicMetres(north, "2026-06-02", flat(1))]));
  const told = (value: number, generated: string) =>
    `Applicable At,Applicable For,Data Item,Value,Generated Time,Quality Indicator
01/06/2026,01/06/2026,"Calorific Value, LDZ(NW)",39,${generated},
02/06/2026,02/06/2026,"Calorific Value, LDZ(NW)",${value},${generated},
`;
  await c.bring("later.csv", told(40, "05/06/2026 12:00:00"), {feed: "gas-quality"});
  await c.bring("earlier.csv", told(41, "04/06/2026 12:00:00"), {feed: "gas-quality"});
  expect(await daily(c)).toMatchObject([{kwh: 542.567}]);
});

test("on the days the clocks change the gas day begins at 05:00 too: after 8 half-hours in March, after 12 in October", async () => {
  const c = new Canopy(await makeDataFolder([gas(north)]));
  // Blank from 01:00 to 02:00, which there was not.
  await c.bring(
    "volumes.csv",
    gasFile([
      cubicMetres(north, "2026-03-29", [...flat(1, 2), "", "", ...flat(1, 44)]),
      cubicMetres(north, "2026-10-25", [...flat(1, 9), 3, 7, ...flat(1, 37)])
    ])
  );
  await c.bring(
    "nw.csv",
    calorificFile("NW", [
      ["2026-03-28", 39],
      ["2026-03-29", 40],
      ["2026-10-24", 39],
      ["2026-10-25", 40]
    ]),
    {feed: "gas-quality"}
  );
  expect(await daily(c)).toMatchObject([
    // (8 × 39 + 38 × 40) × 1.02264 / 3.6.
    {date: "2026-03-29", kwh: 520.41},
    // Up to 05:00 nine and 3, then 7 and 37; the repeated hour has no column: (12 × 39 + 44 × 40) × 1.02264 / 3.6.
    {date: "2026-10-25", kwh: 632.901}
  ]);
});

test("a file without units: m3, ft3 and hundreds of ft3 by the meter; one whose unit nobody says is held", async () => {
  const meters = [north, east, unsaid, "9100000004"];
  const c = new Canopy(await makeDataFolder(meters.map(gas)));
  await writeMetering(c.folder, "meters.csv", [`${north},,m3,,,,,,`, `${east},,ft3,,,,,,`, `${unsaid},,hcf,,,,,,`]);
  const labels = Array.from(
    {length: 48},
    (_, index) => `${String(Math.trunc(index / 2)).padStart(2, "0")}:${index % 2 === 0 ? "00" : "30"}`
  );
  const row = (mprn: string | undefined, values: readonly number[]) => {
    const blank = Array.from({length: 48 - values.length}, () => "-");
    return [mprn, "S1", "02/06/2026", ...values, ...blank, values.reduce((sum, value) => sum + value, 0)].join();
  };
  await c.bring(
    "portal.csv",
    [
      ["MPRN", "Meter Serial Number", "Date", ...labels, "Total"].join(),
      row(north, [2, 2, 2, 3]),
      row(east, [70, 70, 71]),
      row(unsaid, [1, 1, 1]),
      row(meters[3], [5, 5]),
      ""
    ].join("\n")
  );
  // 11.099905 kWh a cubic metre; a foot is 0.3048 m: 9, 211 × 0.028316846592 and 3 × 2.8316846592 m3.
  expect(await daily(c)).toMatchObject([
    {site: `site-${north}`, kwh: 99.899},
    {site: `site-${east}`, kwh: 66.32},
    {site: `site-${unsaid}`, kwh: 94.294}
  ]);
  expect(await c.ask("select meter_key, why, days from marts.held_meters")).toEqual([
    {meter_key: meters[3], why: "its unit is not in meters.csv", days: 1}
  ]);
});

test("reads in m3 take the calorific value of each day between them", async () => {
  const c = new Canopy(await makeDataFolder([{...gas(north), from: "2026-06-01", to: "2026-06-02"}]));
  await c.bring(
    "index.csv",
    portalIndexFile(north, "Gas", "m3", [
      ["2026-06-01T00:00:00+01:00", 100],
      ["2026-06-03T00:00:00+01:00", 196]
    ])
  );
  await c.bring(
    "nw.csv",
    calorificFile("NW", [
      ["2026-05-31", 38],
      ["2026-06-01", 39],
      ["2026-06-02", 40]
    ]),
    {feed: "gas-quality"}
  );
  // One m3 a half-hour: (10 × 38 + 38 × 39 + 10 × 39 + 38 × 40) × 1.02264 / 3.6.
  expect(await sourcesOf(c, north)).toEqual(["read pair 96 1071.4995"]);
  expect(
    await c.ask("select month::date::varchar as month, source, gas_days from marts.gas_quality order by 1")
  ).toEqual([
    {month: "2026-05-01", source: "published", gas_days: 1},
    {month: "2026-06-01", source: "published", gas_days: 2}
  ]);
});

test("cubic metres of water, or of an electricity meter, never become energy", async () => {
  const spid = "3012345678W11";
  const [mpan, electric] = ["1600000000010", "9100000009"];
  const c = new Canopy(await makeDataFolder([{id: mpan}, {id: electric}]));
  const logger = [
    "SPID,Serial,DateTime,Pulse,Litres",
    `${spid},W1,02/06/2026 00:00,1,10`,
    `${spid},W1,02/06/2026 00:15,1,10`,
    ""
  ];
  await c.bring("logger.csv", logger.join("\n"));
  const index = [
    ["2026-06-01T00:00:00+01:00", 100],
    ["2026-06-03T00:00:00+01:00", 196]
  ] as const;
  await c.bring("water.csv", portalIndexFile(spid, "Water", "m3", index));
  await c.bring("gas.csv", portalIndexFile(mpan, "Gas", "m3", index));
  await c.bring("volumes.csv", gasFile([cubicMetres(electric, "2026-06-02", flat(1))]));
  const held = (why: string) => [
    {meter_key: mpan, why: "a volume, and not of gas", file_names: "gas.csv"},
    {meter_key: spid, why, file_names: "logger.csv, water.csv"},
    {meter_key: electric, why: "a volume, and not of gas", file_names: "volumes.csv"}
  ];
  const asked = "select meter_key, why, file_names from marts.held_meters order by meter_key";
  expect(await c.ask(asked)).toEqual(held("not in meter-points.csv"));
  await writeFile(
    join(c.folder, "council", "meter-points.csv"),
    `meter_point_id,site_id,energy,known_as,valid_from,valid_to\n${mpan},town-hall,electricity,,,\n${electric},town-hall,electricity,,,\n${spid},town-hall,gas,,,\n`
  );
  expect(await c.ask(asked)).toEqual(held("meter-points.csv says gas, its number water"));
  expect(await daily(c)).toEqual([]);
});
