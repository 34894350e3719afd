import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {buildingLines} from "../../src/commands/building/building.ts";
import {findingLines, oneFinding} from "../../src/commands/findings/list.ts";
import {readConfig} from "../../src/council/config.ts";
import {readRegisters} from "../../src/council/registers.ts";
import {datesBetween} from "../../src/illustrative/calendar.ts";
import {marts} from "../../src/models/marts/index.ts";
import type {SqlRow} from "../../src/warehouse/connection.ts";
import {withPublished} from "../../src/warehouse/published.ts";
import {Canopy} from "../support/canopy.ts";
import {type InventedMeter, makeDataFolder, mpans, writeRegister} from "../support/data-folder.ts";
import {writeRows} from "../support/registers.ts";
import {flat, gasFile, portalFile} from "../support/supplier-files.ts";
import {billFile, frameworkFile, portalIndexFile, writeMetering} from "./meter-files.ts";

const [mpan] = mpans;
const mprn = "9100000001";
const spid = "3012345678W11";
const portalWater = "W0000042";
const oldLogger = "3012345679W11";
const heatMeter = "H0001";

const energies: InventedMeter[] = [
  {id: mpan, from: "2026-06-01"},
  {id: mprn, energy: "gas", from: "2026-06-01"},
  // A meter of which nothing says since when: its life begins with what is read of energy.
  {id: mpans[1], site: "library"}
];

/** A logger of so many litres in every quarter of an hour of these days, on a clock that keeps GMT. */
function loggerFile(meter: string, dates: readonly string[], litres: number): string {
  const rows = dates.flatMap(date =>
    Array.from({length: 96}, (_, quarter) => {
      const time = `${String(quarter >> 2).padStart(2, "0")}:${String(15 * (quarter & 3)).padStart(2, "0")}`;
      return `${meter},W1,${date.split("-").reverse().join("/")} ${time},${litres / 10},${litres}`;
    })
  );
  return ["SPID,Serial,DateTime,Pulse,Litres", ...rows, ""].join("\n");
}

const heatFile = (unit: string, rows: readonly string[]) =>
  [
    `Meter;Timestamp;Energy (${unit});Volume (m3);Flow temp (C);Return temp (C);Error`,
    ...rows.map(row => `${heatMeter};${row}`),
    ""
  ].join("\n");

const bill = (meter: string, invoice: string, [from, to]: readonly [string, string], quantity: number) =>
  ["A1", "Hall", meter, invoice, "01/07/2026", from, to, "A", quantity, 0, 0, 1, 0.2, 1.2].join();

/** A council whose electricity and gas are registered, and whose files tell of water and heat too. */
async function councilWithWater(): Promise<Canopy> {
  // The depot is a site from the beginning, so that nothing but meters is added.
  const c = new Canopy(
    await makeDataFolder([...energies, {id: mpans[2], site: "depot", to: "2020-03-31"}], "2026-06-30")
  );
  await writeRows(c.folder, "tariffs.csv", [
    "e,electricity,energy,all,,,,24.00,p/kWh,yes,2020-04-01,,here",
    "g,gas,energy,all,,,,6.00,p/kWh,yes,2020-04-01,,here"
  ]);
  const days = datesBetween("2026-06-01", "2026-06-20");
  await c.bring(
    "electricity.csv",
    portalFile(
      "22/06/26 07:00",
      days.map(date => ({mpan, date, cells: flat(1)}))
    )
  );
  await c.bring("gas.csv", gasFile(days.map(date => ({mprn, date, unit: "KWH", cells: flat(2), total: 96}))));
  await c.bring("bills.csv", billFile([{mpan, invoice: "1", from: "2026-06-01", to: "2026-06-30", kwh: 1400}]));
  await c.bring("logger.csv", loggerFile(spid, ["2026-06-01", "2026-06-02", "2026-06-03"], 10));
  // Years before any reading of energy.
  await c.bring("old-logger.csv", loggerFile(oldLogger, ["2024-02-01"], 1));
  const oldIndex = [
    ["2024-01-30T00:00:00+00:00", 5],
    ["2024-02-01T00:00:00+00:00", 7]
  ] as const;
  await c.bring("old-index.csv", portalIndexFile(oldLogger, "Water", "m3", oldIndex));
  // What it stood at on the British quarter-hours of an hour; the last is half an hour on.
  const index = [
    ["2026-06-02T02:00:00+01:00", 100],
    ["2026-06-02T02:15:00+01:00", 100.01],
    ["2026-06-02T02:30:00+01:00", 100.03],
    ["2026-06-02T03:00:00+01:00", 100.08],
    ["2026-06-02T03:45:00+01:00", 100.2]
  ] as const;
  await c.bring("index.csv", portalIndexFile(portalWater, "Water", "m3", index));
  await c.bring(
    "water-bills.csv",
    frameworkFile(
      [bill(spid, "7", ["01/06/2026", "30/06/2026"], 30), bill("3012345678S12", "7", ["01/06/2026", "30/06/2026"], 30)],
      "m3"
    )
  );
  await c.bring(
    "heat.csv",
    heatFile("MWh", [
      "2026-06-01 00:00:00;412.337;18211.4;78.1;61.0;0",
      "2026-06-01 12:00:00;412.381;18213.6;78.4;60.7;0",
      "2026-06-02 00:00:00;412.381;18213.6;21.0;20.9;16",
      "2026-06-03 00:00:00;412.537;18220.0;78.1;61.0;0"
    ])
  );
  return c;
}

const withWater: readonly InventedMeter[] = [
  ...energies,
  {id: mpans[2], site: "depot", to: "2020-03-31"},
  {id: spid, energy: "water"},
  {id: portalWater, energy: "water", site: "library", from: "2026-06-02", to: "2026-06-02"},
  {id: oldLogger, energy: "water", site: "depot", to: "2024-02-01"},
  {id: heatMeter, energy: "heat"}
];

/** What every published mart holds, as text. */
async function everyMart(c: Canopy): Promise<Map<string, string>> {
  await c.ask("select 1 as one");
  return withPublished(c.folder, async connection => {
    const held = new Map<string, string>();
    for (const name of marts.keys()) {
      const rows = await connection.rows(`select * from marts.${name} order by all`);
      held.set(
        name,
        JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? String(value) : value))
      );
    }
    return held;
  });
}

/** Rows of what was built last. */
const published = <T extends object = SqlRow>(c: Canopy, sql: string): Promise<T[]> =>
  withPublished(c.folder, connection => connection.rows<T>(sql));

test("water and heat are quantities of their own: registering their meters changes no row of any mart but those that list meters and theirs", async () => {
  const c = await councilWithWater();
  const before = await everyMart(c);
  await writeRegister(c.folder, withWater);
  await writeRows(c.folder, "tariffs.csv", [
    "e,electricity,energy,all,,,,24.00,p/kWh,yes,2020-04-01,,here",
    "g,gas,energy,all,,,,6.00,p/kWh,yes,2020-04-01,,here",
    "w,water,water,all,,,,2.00,GBP/m3,yes,2020-04-01,,here",
    "w,water,standing,all,,,,30,p/day,no,2020-04-01,,here"
  ]);
  const after = await everyMart(c);
  const changed = [...after].filter(([name, rows]) => before.get(name) !== rows).map(([name]) => name);
  expect(changed.sort()).toEqual([
    "findings",
    "held_meters",
    "meter_points",
    "site_heat_daily",
    "site_heat_monthly",
    "site_water_daily",
    "site_water_heat_years",
    "site_water_monthly",
    "tariff_lines"
  ]);
  // Loggers that have fallen silent are found; nothing else is, and what was found is.
  const [was, is] = [before, after].map(each => JSON.parse(each.get("findings") ?? "") as {finding_id: string}[]);
  const ids = new Set(was?.map(({finding_id}) => finding_id));
  expect(is?.filter(({finding_id}) => !ids.has(finding_id)).map(({finding_id}) => finding_id)).toEqual(
    [`no-readings.${spid}`, `no-readings.${heatMeter}`].sort()
  );
  expect(is?.filter(({finding_id}) => ids.has(finding_id))).toEqual(was);
  // What waited is there: all but the sewerage, which has no meter.
  expect(await published(c, "select meter_key, why from marts.held_meters")).toEqual([
    {meter_key: "3012345678S12", why: "a sewerage service: its m3 are those of the water"}
  ]);

  // A logger keeps GMT: its 1 June begins at 01:00. Two quarter-hours of 10 litres are 0.02 m³: 46, 48, 48 and 2 half-hours. The bill, 30 m³ of 30 days, fills what
  // is missing of its days, 1 m³ / 48 a half-hour: 2 of the first day, 46 of the fourth, and whole days from the fifth.
  const days = await published<{
    day: string;
    m3: number;
    known: number;
    present: number;
    billed: number;
    night: number | null;
  }>(
    c,
    `select settlement_date::date::varchar as day, round(m3, 6) as m3, known_half_hours as known, present_half_hours as present, billed_m3 as billed, night_l_per_h as night
     from marts.site_water_daily where site_id = 'town-hall' order by day`
  );
  expect(days.slice(0, 5)).toEqual([
    {day: "2026-06-01", m3: 0.961667, known: 48, present: 46, billed: 1, night: 40},
    {day: "2026-06-02", m3: 0.96, known: 48, present: 48, billed: 1, night: 40},
    {day: "2026-06-03", m3: 0.96, known: 48, present: 48, billed: 1, night: 40},
    {day: "2026-06-04", m3: 0.998333, known: 48, present: 2, billed: 1, night: null},
    {day: "2026-06-05", m3: 1, known: 48, present: 0, billed: 1, night: null}
  ]);
  // Of the index only 02:00 to 03:00 has reads at both ends of its half-hours, 0.03 and 0.05 m³; the other 46 half-hours of the day are missing.
  expect(
    await published(
      c,
      "select m3, estimated_m3, expected_half_hours, known_half_hours, night_l_per_h from marts.site_water_daily where site_id = 'library'"
    )
  ).toEqual([{m3: 0.08, estimated_m3: 0, expected_half_hours: 48, known_half_hours: 2, night_l_per_h: null}]);
  // 0.961667 + 0.96 + 0.96 + 0.998333 + 26 days of 1 m³.
  expect(
    await published(
      c,
      "select m3, billed_m3, days, whole_days, billed_days, reporting_year from marts.site_water_monthly where site_id = 'town-hall'"
    )
  ).toEqual([{m3: 29.88, billed_m3: 30, days: 30, whole_days: 30, billed_days: 30, reporting_year: 2026}]);
  // 412.537 − 412.337 MWh over two days: a reading with an error is none. What was used on the first day alone is not known.
  expect(
    await published(
      c,
      "select settlement_date::date::varchar as day, heat_kwh, known_half_hours as known from marts.site_heat_daily order by day limit 3"
    )
  ).toEqual([
    {day: "2026-06-01", heat_kwh: 100, known: 48},
    {day: "2026-06-02", heat_kwh: 100, known: 48},
    {day: "2026-06-03", heat_kwh: null, known: 0}
  ]);
  expect(
    await published(
      c,
      "select energy, m3, heat_kwh, avoidable_gbp, night_l_per_h from marts.site_water_heat_years where site_id = 'town-hall' order by energy"
    )
  ).toEqual([
    {energy: "heat", m3: null, heat_kwh: 200, avoidable_gbp: null, night_l_per_h: null},
    {energy: "water", m3: 29.88, heat_kwh: null, avoidable_gbp: 59.76, night_l_per_h: null}
  ]);
});

/** Quiet half-hours of the nights of these days, from 00:00 to 06:00 UTC, as Meter Portal tells them: litres of a half-hour of each meter. */
function nightsFile(
  dates: readonly string[],
  meters: Readonly<Record<string, (date: string, half: number) => number | null>>
) {
  const rows = Object.entries(meters).flatMap(([meter, litresOf]) =>
    dates.flatMap(date =>
      Array.from({length: 12}, (_, half) => {
        const litres = litresOf(date, half);
        const time = `${String(half >> 1).padStart(2, "0")}:${half % 2 === 0 ? "00" : "30"}`;
        return litres === null ? [] : [`${meter},,Water,W1,M1,${date}T${time}:00Z,${litres / 1000},m3`];
      }).flat()
    )
  );
  return [
    "POS_ID,CUSTOMER_REFERENCE,METER_TYPE,METER_SERIALNUMBER,MODULE_ID,DATEREF,CONSUMPTION,MEASUREMENT_UNIT",
    ...rows,
    ""
  ].join("\n");
}

test("water that never comes to rest at night is a leak: since when, m³ and £ with sewerage, and no tonnes", async () => {
  const asOf = "2026-06-30";
  const sites = ["school", "pool", "new-depot", "new-school", "one-night", "gaps", "yearlong", "small"];
  const c = new Canopy(
    await makeDataFolder(
      sites.map(site => ({id: `W-${site}`, energy: "water" as const, site})),
      asOf
    )
  );
  const kinds: Record<string, string> = {pool: "leisure-centre", "new-depot": "depot"};
  await writeFile(
    join(c.folder, "council", "sites.csv"),
    [
      "site_id,name,kind,floor_area_m2,opens_at,closes_at,open_days",
      ...sites.map(site => `${site},${site},${kinds[site] ?? "primary-school"},,,,`),
      ""
    ].join("\n")
  );
  await writeRows(c.folder, "tariffs.csv", [
    "w,water,water,all,,,,2.00,GBP/m3,yes,2020-04-01,2026-03-31,here,",
    "w,water,water,all,,,,2.20,GBP/m3,yes,2026-04-01,,here,",
    "w,water,sewerage,all,,,,2.00,GBP/m3,yes,2026-04-01,,here,0.9",
    "w,water,standing,all,,,,30,p/day,no,2020-04-01,,here,"
  ]);
  const dates = datesBetween("2025-06-01", asOf);
  const since = (first: string, litres: number) => (date: string) => (date >= first ? litres : 0);
  // What each runs at in a half-hour, litres. A tap may run in one of the four half-hours of a night: the quietest counts.
  await c.bring(
    "nights.csv",
    nightsFile(dates, {
      "W-school": (date, half) => since("2026-06-08", 20)(date) + (half === 3 ? 30 : 0),
      // Twice as much in summer, as a year ago.
      "W-pool": date => (date.slice(5) >= "05-01" && date.slice(5) <= "09-30" ? 60 : 30),
      "W-new-depot": date => (date >= "2026-06-10" ? 50 : null),
      "W-new-school": date => (date >= "2026-06-10" ? 50 : null),
      // Two quiet nights of the fourteen, the quieter half-hour of one.
      "W-one-night": (date, half) =>
        ["2026-06-20", "2026-06-24", "2026-06-27"].includes(date) && half > 1 ? 0 : since("2026-06-08", 20)(date),
      // Six of fourteen nights are read.
      "W-gaps": date => (date >= "2026-06-17" && date <= "2026-06-24" ? null : since("2026-06-08", 20)(date)),
      // What has run for all of a year is usual.
      "W-yearlong": () => 20,
      "W-small": since("2026-06-08", 12)
    })
  );
  await c.ask("select 1 as one");
  const found = await published(
    c,
    `select finding_id, since::date::varchar as since, measured, usual, days_counted as nights, confidence, round(m3_so_far, 2) as m3_so_far, round(m3_a_year, 1) as m3_a_year,
       round(gbp_a_year, 2) as gbp_a_year, round(gbp_a_year_low / gbp_a_year, 3) as low_share, t_co2e_a_year, kwh_a_year, owner_role
     from marts.findings where kind = 'water at night' order by finding_id`
  );
  const leak = {owner_role: "estates manager", t_co2e_a_year: null, kwh_a_year: null, low_share: 0.9, nights: 14};
  expect(found).toEqual([
    // 50 litres a half-hour are 2.4 m³ a day, 876 a year, 50.4 in 21 days; £2.20 and nine tenths of £2.00 are £4.00.
    {
      ...{finding_id: "water-at-night.new-school", since: "2026-06-10", measured: 100, usual: 0, confidence: "low"},
      ...{m3_so_far: 50.4, m3_a_year: 876, gbp_a_year: 3504},
      ...leak
    },
    // 20 litres are 0.96 m³ a day, 350.4 a year, 22.08 in the 23 days from 8 June.
    {
      ...{finding_id: "water-at-night.school", since: "2026-06-08", measured: 40, usual: 0, confidence: "medium"},
      ...{m3_so_far: 22.08, m3_a_year: 350.4, gbp_a_year: 1401.6},
      ...leak
    }
  ]);
  // Forty times what a meter ever told is held back of energy; of water it is what has to be seen.
  expect(await published(c, "select * from marts.doubts")).toEqual([]);
  // Six weeks of nights, those of the leak and those before.
  expect(
    await published(
      c,
      `select night_l_per_h, usual_night_l_per_h, count(*)::integer as nights, min(settlement_date)::date::varchar as first
       from marts.finding_days where site_id = 'school' and energy = 'water' group by all order by first`
    )
  ).toEqual([
    {night_l_per_h: 0, usual_night_l_per_h: 0, nights: 19, first: "2026-05-20"},
    {night_l_per_h: 40, usual_night_l_per_h: 0, nights: 23, first: "2026-06-08"}
  ]);
  expect(
    await published(
      c,
      "select site_id, night_l_per_h as now, usual_night_l_per_h as usual from marts.site_water_heat_years where site_id in ('pool', 'yearlong') order by 1"
    )
  ).toEqual([
    {site_id: "pool", now: 120, usual: 120},
    {site_id: "yearlong", now: 40, usual: 40}
  ]);

  const config = await readConfig(c.folder, new Date("2026-07-01T12:00:00Z"));
  const list = (await findingLines(config, {all: false, format: "text"})).join("\n");
  expect(list).toContain("new-school: water runs all night");
  expect(list.replaceAll(/\s+/g, " ")).toContain(
    "since 8 Jun 2026; at least 40 litres an hour at the quietest time, where there is usually none; about 350 m³ and £1,300 to £1,500 with sewerage a year; medium confidence"
  );
  const one = (await oneFinding(config, "water-at-night.school", {all: true, format: "text"}))
    .join("\n")
    .replaceAll(/\s+/g, " ");
  expect(one).toContain("So far about 22 m³ since it began");
  expect(one).toContain("w: avoidable sewerage £2 of 90% and water £2.2 a m³; standing charges do not fall");
  const building = (await buildingLines(config, "school")).join("\n").replaceAll(/\s+/g, " ");
  expect(building).toContain(
    "runs at the quietest time of the night, in the last two weeks: 40 litres an hour; usually none"
  );
  expect(building).toContain("Found water runs all night, since 8 Jun 2026");
});

test("what is wrong with water and heat in a register names file, row and value", async () => {
  const folder = await makeDataFolder([{id: spid, energy: "water"}]);
  const points = (row: string) =>
    writeFile(
      join(folder, "council", "meter-points.csv"),
      `meter_point_id,site_id,energy,known_as,valid_from,valid_to\n${row}\n`
    );
  const refusal = () =>
    readRegisters(folder).then(
      () => "",
      (error: Error) => error.message
    );
  const tariff = async (row: string) => {
    await writeRows(folder, "tariffs.csv", [row]);
    return refusal();
  };
  for (const [row, why] of [
    [`${spid},town-hall,steam,,,`, "energy: steam"],
    ["3012345678S12,town-hall,water,,,", "the SPID of a sewerage service"],
    [`${spid},town-hall,water,3012345678S12,,`, "the SPID of a sewerage service"],
    [`${mpan},town-hall,heat,,,`, "its number is an MPAN"]
  ] as const) {
    await points(row);
    expect(await refusal(), row).toContain(why);
  }
  await points(`${spid},town-hall,water,,,\nH1,town-hall,heat,,,`);
  expect(await refusal()).toBe("");
  const meter = "2020-01-01,";
  for (const [row, why] of [
    [`${spid},,kWh,,,,,${meter}`, "no volume, and the meter is of water"],
    [`H1,,m3,,,,,${meter}`, "a volume, and the meter is not of gas or water"]
  ] as const) {
    await writeMetering(folder, "meters.csv", [row]);
    expect(await refusal(), row).toContain(why);
  }
  await writeMetering(folder, "meters.csv", []);
  expect(await tariff("w,water,water,all,,,,2.00,p/kWh,yes,,,here,")).toContain("water is not charged so");
  expect(await tariff("e,electricity,energy,all,,,,2.00,GBP/m3,yes,,,here,")).toContain(
    "electricity is not charged so"
  );
  expect(await tariff("e,electricity,sewerage,all,,,,2.00,p/kWh,yes,,,here,")).toContain("a line of water");
  expect(await tariff("w,water,standing,all,,,,2.00,p/day,yes,,,here,")).toContain("by the kWh or m³");
  expect(await tariff("w,water,water,all,,,,2.00,GBP/m3,yes,,,here,0.9")).toContain("only of sewerage");
  expect(await tariff("w,water,sewerage,all,,,,2.00,GBP/m3,yes,,,here,1.5")).toContain("more than all of it");
});
