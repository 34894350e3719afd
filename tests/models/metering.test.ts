import {expect, test} from "vitest";
import {readRegisters} from "../../src/council/registers.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {flat, periodDayFile, portalFile} from "../support/supplier-files.ts";
import {billFile, flowOfReads, type MeteringFile, sourcesOf, writeMetering} from "./meter-files.ts";

const [main, part, other, virtual] = mpans;
const date = "2026-06-02";

test("a sub-meter is part of its parent: it has its own days and is not added to its site, from the day it is one", async () => {
  const c = new Canopy(await makeDataFolder([main, part].map(id => ({id, from: "2026-06-01", to: "2026-06-02"}))));
  await writeMetering(c.folder, "sub-meters.csv", [`${part},${main},2026-06-02,`]);
  const days = ["2026-06-01", "2026-06-02"];
  await c.bring(
    "days.csv",
    portalFile("03/06/26 07:00", [
      ...days.map(day => ({mpan: main, date: day, cells: flat(2)})),
      ...days.map(day => ({mpan: part, date: day, cells: flat(0.5)}))
    ])
  );
  // 96 and 24 kWh on the first day, 96 alone on the second.
  expect(
    await c.ask(
      `select settlement_date::date::varchar as date, consumption_kwh as kwh, expected_half_hours as expected, present_half_hours as present, base_load_kw
       from marts.site_energy_daily order by date`
    )
  ).toEqual([
    {date: "2026-06-01", kwh: 120, expected: 96, present: 96, base_load_kw: 5},
    {date: "2026-06-02", kwh: 96, expected: 48, present: 48, base_load_kw: 4}
  ]);
  expect(
    await c.ask("select consumption_kwh as kwh, expected_half_hours as expected from marts.site_energy_monthly")
  ).toEqual([{kwh: 216, expected: 144}]);
  expect(await sourcesOf(c, part)).toEqual(["half-hourly actual 96 48"]);
});

test("a sub-meter known by its reads is not added either", async () => {
  const c = new Canopy(await makeDataFolder([main, part].map(id => ({id, from: "2026-06-01", to: "2026-06-02"}))));
  await writeMetering(c.folder, "sub-meters.csv", [`${part},${main},,`]);
  await c.bring("main.csv", billFile([{mpan: main, invoice: "1", from: "2026-06-01", to: "2026-06-02", kwh: 192}]));
  await c.bring(
    "part.usr",
    flowOfReads("2026-06-04 09:00:00", [
      {mpan: part, at: "2026-06-01", value: 10},
      {mpan: part, at: "2026-06-03", value: 58}
    ])
  );
  expect(await c.ask("select consumption_kwh as kwh from marts.site_energy_monthly")).toEqual([{kwh: 192}]);
  expect(await sourcesOf(c, part)).toEqual(["read pair 96 48"]);
});

test("a virtual meter is others by their shares, half-hour by half-hour; what is missing of one is missing of it", async () => {
  const meters = [main, part, other, virtual].map(id => ({id, site: `site-${id}`, from: date, to: date}));
  const c = new Canopy(await makeDataFolder(meters));
  await writeMetering(c.folder, "virtual-meters.csv", [
    `${virtual},${main},1,,`,
    `${virtual},${part},-1,,`,
    `${virtual},${other},0.25,,`
  ]);
  await c.bring(
    "days.csv",
    periodDayFile([
      {mpan: main, date, cells: flat(5)},
      {
        mpan: part,
        date,
        cells: [...flat(2, 40), ...flat(6, 4)],
        flags: [...flat("Actual", 39), ...flat("Estimated", 5)].map(String)
      },
      {mpan: other, date, cells: ["-", ...flat(4, 47)]},
      {mpan: virtual, date, cells: flat(1000)}
    ])
  );
  // 5 − 2 + 1 = 4, and 5 − 6 + 1 = 0; the first half-hour lacks a part, the last four too; the 40th to 44th are estimated.
  expect(await c.day(virtual, date)).toEqual(["-", ...flat("4", 38), "4e", ...flat("0e", 4), ...flat("-", 4)]);
  expect(await sourcesOf(c, virtual)).toEqual([
    "half-hourly actual 38 152",
    "half-hourly estimated 5 4",
    "nothing 5 -"
  ]);
  // It is counted where its parts are, and what a file says of it stands by.
  expect(await c.ask("select site_id from marts.site_energy_daily order by site_id")).toEqual(
    [main, part, other].sort().map(id => ({site_id: `site-${id}`}))
  );
  expect(await c.ask("select meter_key, why from marts.held_meters")).toEqual([
    {meter_key: virtual, why: "virtual-meters.csv makes it of other meters"}
  ]);
});

test("a supply shared by two sites counts once: the virtual meters instead of the supply that is their sub-meter", async () => {
  const meters = [main, part, other, virtual].map(id => ({id, site: `site-${id}`, from: date, to: date}));
  const c = new Canopy(await makeDataFolder(meters));
  await writeMetering(c.folder, "virtual-meters.csv", [`${part},${main},0.6,,`, `${other},${main},0.4,,`]);
  await c.bring("days.csv", portalFile("03/06/26 07:00", [{mpan: main, date, cells: flat(1)}]));
  const days = "select site_id, consumption_kwh as kwh from marts.site_energy_daily order by site_id";
  expect(await c.ask(days)).toEqual([{site_id: `site-${main}`, kwh: 48}]);
  await writeMetering(c.folder, "sub-meters.csv", [`${main},${part},,`]);
  expect(await c.ask(days)).toEqual([
    {site_id: `site-${part}`, kwh: 28.8},
    {site_id: `site-${other}`, kwh: 19.2}
  ]);
  // As a sub-meter of a meter that is read itself, it is counted there and nowhere else.
  await writeMetering(c.folder, "sub-meters.csv", [`${main},${virtual},,`]);
  expect(await c.ask(days)).toEqual([]);
});

test("an unmetered supply is counted by its half-hours, else its bills, and checked against its inventory", async () => {
  const [half, billed, silent] = mpans;
  const c = new Canopy(
    await makeDataFolder([{id: half, from: "2026-04-01"}, {id: billed, from: "2025-04-01"}, {id: silent}], "2026-04-30")
  );
  const item = (mpan: string, code: string, items: number, from = "", to = "") =>
    `${mpan},${code},0A1,${items},50,4380,UMSO certificate,${from},${to}`;
  await writeMetering(c.folder, "unmetered-inventory.csv", [
    item(half, "0100200300400", 100),
    // Fifteen of the thirty days.
    item(half, "0100200300401", 100, "2026-04-16"),
    item(billed, "0100200300400", 10, "", "2026-03-31"),
    item(silent, "0100200300400", 10)
  ]);
  const april = Array.from({length: 30}, (_, index) => `2026-04-${String(index + 1).padStart(2, "0")}`);
  await c.bring(
    "half-hours.csv",
    portalFile(
      "01/05/26 07:00",
      april.slice(0, 29).map(day => ({mpan: half, date: day, cells: flat(60)}))
    )
  );
  await c.bring("bill.csv", billFile([{mpan: billed, invoice: "1", from: "2025-04-01", to: "2026-03-31", kwh: 2409}]));
  expect(await c.ask("select * from marts.unmetered_check order by meter_point_id")).toEqual(
    [
      // 100 × 0.05 kW × 4,380 h = 21,900 kWh a year: 30 and 15 days of 365 are 1,800 and 900. Counted: 29 × 48 × 60 kWh.
      {
        meter_point_id: half,
        reporting_year: 2026,
        counted_kwh: 83_520,
        inventory_kwh: 2700,
        difference_share: 29.933333,
        missing_half_hours: 48
      },
      // 2,190 kWh a year; a tenth more is billed.
      {
        meter_point_id: billed,
        reporting_year: 2025,
        counted_kwh: 2409,
        inventory_kwh: 2190,
        difference_share: 0.1,
        missing_half_hours: 0
      },
      // Nobody says since when: this year's 30 days, 1,440 half-hours without a word.
      {
        meter_point_id: silent,
        reporting_year: 2026,
        counted_kwh: null,
        inventory_kwh: 180,
        difference_share: null,
        missing_half_hours: 1440
      }
    ].sort((a, b) => a.meter_point_id.localeCompare(b.meter_point_id))
  );
});

const gas = "9100000001";
const broken: readonly (readonly [MeteringFile, readonly string[], string])[] = [
  ["meters.csv", [`${main},S1,kW,,,,,,`], "meters.csv, row 2, unit: kW: "],
  ["meters.csv", [`${main},S1,,5.5,,,,,`], "meters.csv, row 2, digits: 5.5: a whole number"],
  ["meters.csv", [`${main},S1,,1e1,,,,,`], "meters.csv, row 2, digits: 1e1: a whole number"],
  ["meters.csv", [`${main},S1,,2,,,,,`], "meters.csv, row 2, digits: 2: "],
  ["meters.csv", [`${main},S1,,,0,,,,`], "meters.csv, row 2, multiplier: 0: "],
  ["meters.csv", [`${gas},S1,,,,-1,,,`], "meters.csv, row 2, volume_correction: -1: a decimal number"],
  ["meters.csv", [`${gas},S1,,,,,North West,,`], "meters.csv, row 2, gas_zone: North West: two capitals, such as NW"],
  ["meters.csv", [`${main},S1,m3,,,,,,`], "meters.csv, row 2, unit: m3: a volume, and the meter is not of gas"],
  [
    "meters.csv",
    [`${main},S1,,,,,,2026-06-02,2026-06-01`],
    "meters.csv, row 2, valid_to: 2026-06-01: valid_to is before valid_from"
  ],
  ["meters.csv", ["123,S1,,,,,,,"], "meters.csv, row 2, meter_point_id: 123: meter-points.csv has no such row"],
  [
    "meters.csv",
    [`${main},S1,,,,,,,2026-06-10`, `${main},S2,,,,,,2026-06-10,`],
    `meters.csv, row 3, meter_point_id: ${main}: two meters stand at one point on one day`
  ],
  [
    "sub-meters.csv",
    [`${main},${main},,`],
    `sub-meters.csv, row 2, parent_meter_point_id: ${main}: a meter is no sub-meter of itself`
  ],
  [
    "sub-meters.csv",
    [`${main},${gas},,`],
    `sub-meters.csv, row 2, parent_meter_point_id: ${gas}: the parent measures another energy`
  ],
  [
    "sub-meters.csv",
    [`${main},${part},,`, `${part},${other},,`, `${other},${main},,`],
    `sub-meters.csv, row 2, parent_meter_point_id: ${part}: the parent is a sub-meter of its own sub-meter`
  ],
  [
    "sub-meters.csv",
    [`${main},${part},,`, `${main},${other},2026-01-01,`],
    `sub-meters.csv, row 3, meter_point_id: ${main}: a sub-meter has two parents on one day`
  ],
  [
    "sub-meters.csv",
    [`${main},123,,`],
    "sub-meters.csv, row 2, parent_meter_point_id: 123: meter-points.csv has no such row"
  ],
  ["virtual-meters.csv", [`${virtual},${main},half,,`], "virtual-meters.csv, row 2, share: half: a decimal number"],
  ["virtual-meters.csv", [`${virtual},${main},0,,`], "virtual-meters.csv, row 2, share: 0: none of the meter"],
  [
    "virtual-meters.csv",
    [`${virtual},${main},1,,`, `${main},${part},1,,`],
    `virtual-meters.csv, row 2, meter_point_id: ${main}: it is itself virtual`
  ],
  [
    "virtual-meters.csv",
    [`${virtual},${gas},1,,`],
    `virtual-meters.csv, row 2, meter_point_id: ${gas}: it measures another energy`
  ],
  [
    "virtual-meters.csv",
    [`${virtual},${main},1,,`, `${virtual},${main},0.5,,`],
    `virtual-meters.csv, row 3, virtual_meter_id meter_point_id: ${virtual} ${main}: a meter is in a virtual one twice`
  ],
  [
    "market-migrations.csv",
    [`${main},2026-13-01,A,utc,utc`],
    "market-migrations.csv, row 2, migrated_on: 2026-13-01: "
  ],
  [
    "market-migrations.csv",
    [`${main},2026-02-01,A,utc,utc`, `${main},2026-03-01,A,utc,utc`],
    "market-migrations.csv, row 3: meter_point_id stands twice"
  ],
  [
    "unmetered-inventory.csv",
    [`${main},123,0A1,1,50,4380,x,,`],
    "unmetered-inventory.csv, row 2, charge_code: 123: 13 digits"
  ],
  [
    "unmetered-inventory.csv",
    [`${main},0100200300400,0A1,1,50,9000,x,,`],
    "unmetered-inventory.csv, row 2, burning_hours_a_year: 9000: "
  ],
  [
    "unmetered-inventory.csv",
    [`${main},0100200300400,0A1,1,50,4380,x,,`, `${main},0100200300400,0A1,2,50,4380,x,,`],
    `unmetered-inventory.csv, row 3, meter_point_id charge_code switch_regime: ${main} 0100200300400 0A1: items stand twice`
  ]
];

test("what is wrong in a register names file, row, column and value", async () => {
  const folder = await makeDataFolder([...mpans.map(id => ({id})), {id: gas, energy: "gas"}]);
  const files: MeteringFile[] = [
    "meters.csv",
    "sub-meters.csv",
    "virtual-meters.csv",
    "market-migrations.csv",
    "unmetered-inventory.csv"
  ];
  const said = [];
  for (const [file, rows] of broken) {
    for (const each of files) await writeMetering(folder, each, each === file ? rows : []);
    said.push(
      await readRegisters(folder).then(
        () => "nothing",
        (error: Error) => error.message.replaceAll(`${folder}/council/`, "")
      )
    );
  }
  expect(said).toEqual(broken.map(([, , words]) => expect.stringContaining(words)));
});
