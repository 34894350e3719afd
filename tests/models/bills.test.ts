import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {flat, portalFile} from "../support/supplier-files.ts";
import {type Bill, billFile, frameworkFile, mpanOf, sourcesOf} from "./meter-files.ts";

type Told = Omit<Bill, "mpan" | "from" | "to"> & {readonly from?: string; readonly to?: string};

/** What comes of the bills of one meter in June 2026: 1,440 half-hours. */
interface Case {
  readonly title: string;
  readonly bills: readonly Told[];
  /** Rows of a framework's bill: invoice, tax date, kWh, type. */
  readonly framework?: readonly (readonly [invoice: string, issued: string, kwh: number, type: string])[];
  readonly sources: readonly string[];
}

const n = (invoice: string, kwh: number, more: Partial<Told> = {}): Told => ({invoice, kwh, ...more});
const july = (day: number) => `2026-07-${String(day).padStart(2, "0")}`;
const [firstTen, nextTen, twenty] = [
  {from: "2026-06-01", to: "2026-06-10"},
  {from: "2026-06-11", to: "2026-06-20"},
  {from: "2026-06-01", to: "2026-06-20"}
];

const cases: readonly Case[] = [
  {title: "one bill", bills: [n("1", 1000)], sources: ["bill actual 1440 1000"]},
  {
    title: "of half the month",
    bills: [n("1", 1000, {to: "2026-06-15"})],
    sources: ["bill actual 720 1000", "nothing 720 -"]
  },
  {title: "estimated", bills: [n("1", 1000, {read: "E"})], sources: ["bill estimated 1440 1000"]},
  {title: "a final bill", bills: [n("1", 1000, {type: "F"})], sources: ["bill actual 1440 1000"]},
  {
    title: "withdrawn under its own number, and billed again",
    bills: [
      n("1", 1000, {issued: july(1)}),
      n("1", 1000, {type: "W", issued: july(5)}),
      n("2", 900, {issued: july(5)})
    ],
    sources: ["bill actual 1440 900"]
  },
  {
    title: "withdrawn under another number",
    bills: [n("1", 1000, {issued: july(1)}), n("W1", 1000, {type: "W", issued: july(5)})],
    sources: []
  },
  {
    title: "withdrawn for its price alone: as many kWh again",
    bills: [
      n("1", 1000, {issued: july(1)}),
      n("W1", 1000, {type: "W", issued: july(5)}),
      n("2", 1000, {issued: july(6)})
    ],
    sources: ["bill actual 1440 1000"]
  },
  {
    title: "a withdrawn bill that never came takes no later bill of its size",
    bills: [n("W1", 1000, {type: "W", issued: july(5)}), n("2", 1000, {issued: july(6)})],
    sources: ["bill actual 1440 1000"]
  },
  {
    title: "a withdrawal that names its bill and says another size",
    bills: [n("1", 1000, {issued: july(1)}), n("1", 0, {type: "W", issued: july(5)})],
    sources: []
  },
  {
    title: "withdrawn, then billed again under the same number",
    bills: [n("1", 1000, {type: "W", issued: july(5)}), n("1", 900, {issued: july(6)})],
    sources: ["bill actual 1440 900"]
  },
  {
    title: "an estimated bill credited and billed again is actual",
    bills: [
      n("1", 1000, {read: "E", issued: july(1)}),
      n("C1", -1000, {issued: july(5)}),
      n("2", 900, {issued: july(5)})
    ],
    sources: ["bill actual 1440 900"]
  },
  {
    title: "a credit of a part is taken off",
    bills: [n("1", 1000, {issued: july(1)}), n("C1", -100, {issued: july(5)})],
    sources: ["bill actual 1440 900"]
  },
  {
    title: "a credit of two bills, and one bill in their place: their sum",
    // 480 + 480 − 960 + 900.
    bills: [n("1", 480, firstTen), n("2", 480, nextTen), n("C1", -960, twenty), n("3", 900, twenty)],
    sources: ["bill actual 960 900", "nothing 480 -"]
  },
  {
    title: "a credit above its bill: less than nothing",
    bills: [n("1", 100, {issued: july(1)}), n("C1", -150, {issued: july(5)})],
    sources: ["bill actual 1440 -50"]
  },
  {title: "a credit alone says nothing of what was used", bills: [n("C1", -150)], sources: []},
  {
    title: "an estimated bill, then an actual one over its last ten days and more",
    // 960 half-hours at 2 kWh, of which the second half are overtaken by 1 kWh; the actual bill goes on to the end of the month.
    bills: [n("1", 1920, {...twenty, read: "E", issued: july(1)}), n("2", 960, {from: "2026-06-11", issued: july(5)})],
    sources: ["bill actual 960 960", "bill estimated 480 960"]
  },
  {
    title: "two invoices of one period: the one issued last, whichever came first",
    bills: [n("2", 900, {issued: july(5)}), n("1", 1000, {issued: july(1)})],
    sources: ["bill actual 1440 900"]
  },
  {
    title: "two invoices of one period, neither with a date: one of them, not both",
    bills: [n("1", 1000), n("2", 900)],
    sources: ["bill actual 1440 900"]
  },
  {
    title: "a bill with a date stands before one without",
    bills: [n("1", 1000, {issued: july(1)}), n("2", 900)],
    sources: ["bill actual 1440 1000"]
  },
  {
    title: "one bill in two forms is one bill, also where a credit adds up",
    bills: [n("77", 1000, {issued: july(1)}), n("C1", -100, {issued: july(5)})],
    framework: [["77", "01/07/2026", 1000, "A"]],
    sources: ["bill actual 1440 900"]
  }
];

test("what bills of a meter come to", async () => {
  const meters = cases.map((_, index) => ({
    id: mpanOf(index + 1),
    site: `case-${index + 1}`,
    from: "2026-06-01",
    to: "2026-06-30"
  }));
  const c = new Canopy(await makeDataFolder(meters));
  const bills = cases.flatMap(({bills: told}, index) =>
    told.map(bill => ({mpan: mpanOf(index + 1), from: "2026-06-01", to: "2026-06-30", ...bill}))
  );
  const {rows_landed} = await c.bring("bills.csv", billFile(bills));
  expect(rows_landed).toBe(bills.length);
  const rows = cases.flatMap(({framework = []}, index) =>
    framework.map(([invoice, issued, kwh, read]) =>
      [
        "ACC1",
        "Hall",
        mpanOf(index + 1),
        invoice,
        issued,
        "01/06/2026",
        "30/06/2026",
        read,
        kwh,
        0,
        0,
        1,
        0.2,
        1.2
      ].join()
    )
  );
  expect(await c.bring("framework.csv", frameworkFile(rows))).toMatchObject({rows_landed: rows.length});
  const found = await c.ask<{meter: string; sources: string}>(
    `select meter_point_id as meter, string_agg(concat_ws(' ', source, half_hours, coalesce(printf('%g', kwh), '-')), ', ' order by rank) as sources
     from marts.energy_by_source group by all`
  );
  const bySite = new Map(found.map(({meter, sources}) => [meter, sources]));
  expect(cases.map(({title}, index) => [title, bySite.get(mpanOf(index + 1))])).toEqual(
    cases.map(({title, sources}) => [title, sources.length === 0 ? "nothing 1440 -" : sources.join(", ")])
  );
  const alone = cases.findIndex(({title}) => title.startsWith("a credit alone"));
  expect(await c.ask("select meter_key, why, days from marts.held_meters")).toEqual([
    {meter_key: mpanOf(alone + 1), why: "a credit of no bill that is held", days: 1}
  ]);
});

test("a day with half-hours, a negative total and an estimate is published as it is", async () => {
  const [meter, other] = [mpanOf(1), mpanOf(2)];
  const c = new Canopy(
    await makeDataFolder(
      [
        {id: meter, from: "2026-06-01"},
        {id: other, from: "2026-06-01"}
      ],
      "2026-06-30"
    )
  );
  // 48 kWh estimated of one meter, 30 kWh too much credited of the other: 18 a day.
  await c.bring(
    "bills.csv",
    billFile([
      {mpan: meter, invoice: "1", from: "2026-06-01", to: "2026-06-30", kwh: 1440, read: "E"},
      {mpan: other, invoice: "2", from: "2026-06-01", to: "2026-06-30", kwh: 100, issued: july(1)},
      {mpan: other, invoice: "C", from: "2026-06-01", to: "2026-06-30", kwh: -1000, issued: july(2)}
    ])
  );
  expect(await c.ask("select consumption_kwh, estimated_kwh from marts.site_energy_monthly")).toEqual([
    {consumption_kwh: 540, estimated_kwh: 1440}
  ]);
});

test("a bill over a clock change is spread over 46 or 50 half-hours of that day; coverage counts them", async () => {
  const [spring, autumn, long] = [mpanOf(1), mpanOf(2), mpanOf(3)];
  const c = new Canopy(
    await makeDataFolder([
      {id: spring, site: "spring"},
      {id: autumn, site: "autumn"},
      {id: long, site: "long", from: "2026-10-01"}
    ])
  );
  // March has 31 × 48 − 2 half-hours, October 31 × 48 + 2.
  await c.bring(
    "bills.csv",
    billFile([
      {mpan: spring, invoice: "1", from: "2026-03-01", to: "2026-03-31", kwh: 1486},
      {mpan: autumn, invoice: "2", from: "2026-10-25", to: "2026-10-25", kwh: 50},
      {mpan: long, invoice: "3", from: "2026-10-01", to: "2026-10-31", kwh: 1490}
    ])
  );
  // Of one day of the last the half-hours are known too: 48 at 3 kWh, and the last two by the bill.
  await c.bring("half-hours.csv", portalFile("27/10/26 07:00", [{mpan: long, date: "2026-10-25", cells: flat(3)}]));
  const day = async (site: string, date: string) =>
    (
      await c.ask<{kwh: number}>(
        `select consumption_kwh as kwh from marts.site_energy_daily where site_id = '${site}' and settlement_date = '${date}'`
      )
    )[0]?.kwh;
  expect(await day("spring", "2026-03-28")).toBe(48);
  expect(await day("spring", "2026-03-29")).toBe(46);
  expect(await day("autumn", "2026-10-25")).toBe(50);
  expect(await day("long", "2026-10-25")).toBe(3 * 48 + 2);
  expect(
    await c.ask(
      `select meter_point_id as meter, expected_half_hours as expected, present_half_hours as present, period_half_hours as period
       from marts.data_coverage where period_half_hours > 0 order by meter`
    )
  ).toEqual(
    [
      {meter: spring, expected: 1486, present: 0, period: 1486},
      // A meter whose start nobody says was always there.
      {meter: autumn, expected: 1490, present: 0, period: 50},
      {meter: long, expected: 1490, present: 48, period: 1442}
    ].sort((a, b) => a.meter.localeCompare(b.meter))
  );
});

test("bills of a meter that is not in the register, of water, in m3 or of no meter are held, and land when the register says more", async () => {
  const [known, unknown] = [mpanOf(1), mpanOf(2)];
  const gas = "9100000001";
  const c = new Canopy(
    await makeDataFolder([
      {id: known, from: "2026-06-01", to: "2026-06-30"},
      {id: gas, energy: "gas"}
    ])
  );
  const row = (meter: string, invoice: string, quantity: number) =>
    ["A1", "Hall", meter, invoice, "01/07/2026", "01/06/2026", "30/06/2026", "A", quantity, 0, 0, 1, 0.2, 1.2].join();
  await c.bring("framework.csv", frameworkFile([row(unknown, "1", 720), row("3012345678W11", "2", 12)]));
  await c.bring("volumes.csv", frameworkFile([row("3012345678W11", "3", 40), row(gas, "4", 55)], "m3"));
  await c.bring("bills.csv", billFile([{mpan: "", invoice: "9", from: "2026-06-01", to: "2026-06-30", kwh: 5}]));
  const held = "select meter_key, why, file_names from marts.held_meters order by meter_key, why";
  const others = [
    {meter_key: "3012345678W11", why: "not in meter-points.csv", file_names: "framework.csv, volumes.csv"},
    {meter_key: gas, why: "the bill is not in kWh", file_names: "volumes.csv"},
    {meter_key: "none: account ACC1", why: "the bill names no meter", file_names: "bills.csv"}
  ];
  expect(await c.ask(held)).toEqual([
    {meter_key: unknown, why: "not in meter-points.csv", file_names: "framework.csv"},
    ...others
  ]);
  expect(await c.ask("select * from marts.site_energy_monthly")).toEqual([]);
  await writeFile(
    join(c.folder, "council", "meter-points.csv"),
    [
      "meter_point_id,site_id,energy,known_as,valid_from,valid_to",
      `${unknown},town-hall,electricity,,2026-06-01,2026-06-30`,
      `${gas},town-hall,gas,,,`,
      "3012345678W11,town-hall,gas,,,",
      ""
    ].join("\n")
  );
  // A SPID is of water, whatever the register calls it; m3 of a bill are no kWh.
  const [water, ...rest] = others;
  expect(await c.ask(held)).toEqual([{...water, why: "meter-points.csv says gas, its number water"}, ...rest]);
  expect(await sourcesOf(c, unknown)).toEqual(["bill actual 1440 720"]);
  expect(await c.ask("select energy, consumption_kwh as kwh from marts.site_energy_monthly")).toEqual([
    {energy: "electricity", kwh: 720}
  ]);
});
