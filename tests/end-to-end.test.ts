import {cp, mkdtemp, readdir, readFile, rm, stat, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {tableFromIPC} from "apache-arrow";
import {beforeAll, describe, expect, test} from "vitest";
import type {Truth} from "../src/illustrative/truth.ts";
import {withPublished} from "../src/warehouse/published.ts";
import {defineProof} from "./prove/proof.ts";
import {believed} from "./support/believed-truth.ts";
import {inventoryOf, keyOf} from "./support/inventory-oracle.ts";
import {keepShell} from "./support/kept-shell.ts";
import {canopy, type Start, sharedStart} from "./support/shared-start.ts";

const project = new URL("..", import.meta.url).pathname;

async function publishedFiles(folder: string): Promise<Map<string, Buffer>> {
  const root = join(folder, "published");
  const names = (await readdir(root, {recursive: true, withFileTypes: true}))
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(names.sort().map(async name => [name.slice(root.length + 1), await readFile(name)] as const))
  );
}

let first: Start;
let truth: Truth;

beforeAll(async () => {
  first = await sharedStart();
  truth = believed(JSON.parse(await readFile(join(first.folder, ".truth", "illustrative.json"), "utf8")) as Truth);
});

/** Rows of the first start's published marts. */
const ask = <T extends object>(sql: string) => withPublished(first.folder, connection => connection.rows<T>(sql));

describe("npm start on the illustrative estate", () => {
  test("there are eighteen figures and their tables", async () => {
    const names = [...(await publishedFiles(first.folder)).keys()];
    expect(names.filter(name => /^figures\/.*\.svg$/.test(name))).toHaveLength(18);
    expect(names.filter(name => name.endsWith(".arrow")).length).toBeGreaterThanOrEqual(4);
  });

  test("a second start in the same folder changes nothing", async () => {
    const names = [...(await publishedFiles(first.folder)).keys()].map(name => join(first.folder, "published", name));
    const times = () =>
      Promise.all(
        [...names, join(first.folder, "warehouse", "published.duckdb")].map(async name => (await stat(name)).mtimeMs)
      );
    const before = await times();
    const {stdout} = await canopy("run", "--data", first.folder);
    expect(await times()).toEqual(before);
    expect(stdout).toContain("Nothing has changed since the last run.");
  });

  test("the summary says whose figures, what was read, what was not and why, and where the figures are", () => {
    for (const words of [
      "Illustrative Council (an illustrative estate: every reading is invented), to 31 October 2026",
      "223 new files; 1 already read",
      "1 cell",
      "settlement-centres-2025-10-to-2025-12.csv: row 65, cell 10:00: #REF!",
      "Needs your attention (9)",
      "1 meter is unknown: its readings are kept but not counted. Add it to meter-points.csv",
      "1 fuel product is unknown: its litres are kept but not counted. Add it to fuel-products.csv",
      "/published/figures"
    ])
      expect(first.stdout).toContain(words);
    const unfolded = first.stdout.replace(/\n {10,}/g, " ");
    expect(unfolded).toContain(
      "2 meters are read outside their dates in meter-points.csv or sites.csv. Those readings are kept but not counted. If they should count, correct the dates 1600201812189: 153 days, 1 Sep 2024 to 31 Jan 2025, in"
    );
    expect(unfolded).toContain("13 Nov 2025: 1 half-hour of up to 1.13 MWh; the largest is usually");
    expect(unfolded).toContain("4 Jun 2025 to 24 Jun 2025: zero all day where");
    expect(unfolded).toContain("GEN-0009 (Thrushquill Offices), 12 Oct 2026 to 31 Oct 2026: zero all day where");
  });

  test("its headline is the marts' own: the last whole year, its base year, the year to date, the factors and the borough", async () => {
    const [whole, toDate] = await ask<Record<string, number>>(
      "select * from marts.reporting_years where reporting_year >= 2025 order by reporting_year"
    );
    const tonnes = (name: string, of = whole) => `${Math.round(Math.abs(of?.[name] ?? 0)).toLocaleString("en-GB")} t`;
    for (const words of [
      `2025/26: ${tonnes("scope_1_and_2_t_co2e")} CO₂e from our own operations`,
      `% less than the ${tonnes("base_year_t_co2e")} of 2018/19`,
      `(scope 1) ${tonnes("scope_1_t_co2e")}; electricity and heat we buy (scope 2, grid average) ${tonnes("scope_2_t_co2e")}`,
      `scope 3, not in the total: ${tonnes("scope_3_t_co2e")}; 2025 factors`,
      `2026/27 so far (provisional): at least ${tonnes("scope_1_and_2_t_co2e", toDate)}, April 2026 to October 2026`,
      "like for like (the same meters in the same months, April to October 2026)",
      `without them it would be ${tonnes("at_factors_before_t_co2e", toDate)}`,
      "one-off effect of timing (more than one year of change in one set): electricity generation -26",
      "Stockport 2023: 986 kt CO₂, territorial CO₂",
      "official figures, release 2005-2023, published 2025: close to, but not the same as, what our target measures"
    ])
      expect(first.stdout.replace(/\n {10}/g, " ")).toContain(words);
  });

  test("each array keeps up with its area, whose sun it shares; a month with three weeks at zero shows no yield and is a finding", async () => {
    const shown = await ask<{months: number; lowest: number; highest: number}>(
      "select count(relative_yield)::integer as months, min(relative_yield) as lowest, max(relative_yield) as highest from marts.solar_yields"
    );
    // 31 months of 13 arrays and 29 of the one of June 2024, less the months in which two of them were out.
    expect(shown[0]?.months).toBeGreaterThan(400);
    expect(shown[0]?.lowest).toBeGreaterThan(0.94);
    expect(shown[0]?.highest).toBeLessThan(1.06);
    expect(
      await ask(
        "select days_at_zero, kwh_per_kwp, relative_yield from marts.solar_yields where asset_id = 'solar-office-03' and month = '2026-10-01'"
      )
    ).toEqual([{days_at_zero: 20, kwh_per_kwp: null, relative_yield: null}]);
    expect(
      await ask(
        "select finding_id, detail from marts.findings where kind like 'solar%' or kind like '%capacity%' order by 1"
      )
    ).toEqual([
      {finding_id: "capacity-not-needed.1600201810084", detail: null},
      {finding_id: "demand-above-capacity.1600201812602", detail: "39 half-hours"},
      {finding_id: "solar-array-out.solar-office-03", detail: "pes:16"}
    ]);
  });

  test("the inventory is the generator's truth, line by line, in plain TypeScript", async () => {
    const sites = await ask<{site_id: string; site_kind: string}>(
      "select distinct site_id, site_kind from marts.annual_emissions where site_id is not null"
    );
    const assets = await ask<{asset_id: string; site_id: string}>(
      "select distinct asset_id, site_id from marts.renewable_generation"
    );
    const expected = inventoryOf(
      truth,
      new Map(sites.map(({site_id, site_kind}) => [site_id, site_kind])),
      new Map(assets.map(({asset_id, site_id}) => [asset_id, site_id]))
    );
    const lines = await ask<Record<string, number | null> & {site_id: string | null}>(
      `select reporting_year, site_id, emission_source, activity, scope, line, quantity,
         emissions_t_co2e as t, emissions_t_co2 as co2, emissions_ch4_t_co2e as ch4, emissions_n2o_t_co2e as n2o
       from marts.annual_emissions`
    );
    const found = new Map(
      lines.map(line => [
        keyOf(
          ...["reporting_year", "site_id", "emission_source", "activity", "scope", "line"].map(
            name => line[name] ?? null
          )
        ),
        line
      ])
    );
    expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
    expect(found.size).toBeGreaterThan(2500);
    for (const [key, {quantity, ...tonnes}] of expected) {
      // A meter's day is rounded to 0.0001 kWh, up to 366 of them; each month's line to a millionth of a tonne.
      expect(Math.abs((found.get(key)?.quantity ?? Number.NaN) - quantity), key).toBeLessThan(0.02);
      for (const gas of ["t", "co2", "ch4", "n2o"] as const) {
        const [one, other] = [found.get(key)?.[gas] ?? null, tonnes[gas]];
        if (other === null) expect(one, `${key} ${gas}`).toBeNull();
        else expect(Math.abs((one ?? Number.NaN) - other), `${key} ${gas}`).toBeLessThan(0.00002);
      }
    }
  });

  test("every month of every meter is the generator's truth: reads, estimates and, in the file's own unit, quantity", async () => {
    const held = await ask<{key: string; kwh: number; present: number; estimated: number}>(
      `select concat_ws(' ', meter_point_id, site_id, channel, strftime(settlement_date, '%Y-%m')) as key, sum(total_kwh::decimal(18, 4))::double as kwh,
         sum(present_half_hours)::integer as present, sum(estimated_half_hours)::integer as estimated
       from marts.meter_days group by 1`
    );
    const expected = await ask<{key: string; expected: number}>(
      "select concat_ws(' ', meter_point_id, site_id, strftime(month, '%Y-%m')) as key, expected_half_hours as expected from marts.data_coverage"
    );
    const [byKey, calendar] = [
      new Map(held.map(row => [row.key, row])),
      new Map(expected.map(row => [row.key, row.expected]))
    ];
    const months = truth.meter_points.flatMap(({months: all, ...point}) => all.map(month => ({...point, ...month})));
    expect(months.length).toBeGreaterThan(9000);
    for (const {meter_point_id, site_id, channel, unit, month, ...of} of months) {
      const key = `${meter_point_id} ${site_id} ${channel} ${month}`;
      const row = byKey.get(key) ?? {kwh: 0, present: 0, estimated: 0};
      expect({key, present: row.present, estimated: row.estimated}).toEqual({
        key,
        present: of.present_half_hours,
        estimated: of.estimated_half_hours
      });
      if (channel !== "export")
        expect(calendar.get(`${meter_point_id} ${site_id} ${month}`), key).toBe(of.expected_half_hours);
      // A cubic metre is 1.02264 × 39.075 / 3.6 kWh; each of up to 31 days is rounded to 0.0001 kWh.
      const kwh = Number(of.quantity) * (unit === "m3" ? (1.02264 * 39.075) / 3.6 : 1);
      expect(Math.abs(row.kwh - kwh), key).toBeLessThan(unit === "m3" ? 0.0031 : 0.0001);
    }
  });

  test("what is read of a meter outside its lives is held with the reason, and no row beside the truth's is counted", async () => {
    const held = await ask(
      `select meter_key, days, first_date::date::varchar as first_date, last_date::date::varchar as last_date
       from marts.held_meters where why = 'outside its dates in meter-points.csv or sites.csv' order by 1`
    );
    // Each of its days is read, but for the hour that October repeats.
    expect(held).toEqual(
      [...truth.outside_lives]
        .sort((one, other) => one.meter_point_id.localeCompare(other.meter_point_id))
        .map(({meter_point_id, first_date, last_date, half_hours}) => ({
          meter_key: meter_point_id,
          days: half_hours / 48,
          first_date,
          last_date
        }))
    );
    const [counted] = await ask<{rows: number}>(
      "select count(distinct (meter_point_id, site_id, channel, date_trunc('month', settlement_date)))::integer as rows from marts.meter_days"
    );
    const told = truth.meter_points.flatMap(({months}) => months.filter(month => month.present_half_hours > 0));
    expect(counted?.rows).toBe(told.length);
  });

  test("fuel and generation are the generator's truth, month by month, and what is not known is held", async () => {
    const fuel = await ask<{key: string; quantity: number; credited: number; transactions: number}>(
      `select concat_ws(' ', strftime(month, '%Y-%m'), service, vehicle_kind, activity) as key, quantity, credited_quantity as credited, transactions
       from marts.fleet_activity order by 1`
    );
    expect(fuel).toEqual(
      truth.fuel
        .map(({month, service, vehicle_kind, activity, quantity_l, credited_l, transactions}) => ({
          key: [month, service, vehicle_kind, activity].join(" "),
          quantity: Number(quantity_l),
          credited: Number(credited_l),
          transactions
        }))
        .sort((one, other) => (one.key < other.key ? -1 : 1))
    );
    expect(await ask("select product_code, transactions, quantity_l from marts.held_fuel")).toEqual(
      truth.unknown_products.map(row => ({...row, quantity_l: Number(row.quantity_l)}))
    );
    const made = await ask<{asset_id: string; month: string; made: number; used: number | null; sent: number | null}>(
      `select asset_id, strftime(month, '%Y-%m') as month, generation_kwh as made, self_consumption_kwh as used, export_kwh as sent
       from marts.renewable_generation order by 1, 2`
    );
    expect(made).toHaveLength(truth.generation.length);
    const byKey = new Map(made.map(row => [`${row.asset_id} ${row.month}`, row]));
    for (const {asset_id, month, generation_kwh, self_consumption_kwh, export_kwh} of truth.generation) {
      const row = byKey.get(`${asset_id} ${month}`);
      expect(row?.made, `${asset_id} ${month}`).toBeCloseTo(Number(generation_kwh), 3);
      if (export_kwh === null) expect(row).toMatchObject({used: null, sent: null});
      else {
        expect(row?.used, `${asset_id} ${month}`).toBeCloseTo(Number(self_consumption_kwh), 2);
        expect(row?.sent, `${asset_id} ${month}`).toBeCloseTo(Number(export_kwh), 3);
      }
    }
  });

  test("every half-hour of the week in which the clocks go back is the truth's", async () => {
    const held = await ask<{
      meter: string;
      channel: string;
      date: string;
      kwh: number[];
      present: bigint;
      estimated: bigint;
    }>(
      `select meter_point_id as meter, channel, settlement_date::date::varchar as date, kwh, present, estimated from marts.meter_days
       where settlement_date between '${truth.week.first_date}' and '${truth.week.last_date}'`
    );
    const reads = held.flatMap(({meter, channel, date, kwh, present, estimated}) =>
      kwh.flatMap((value, slot) =>
        ((present >> BigInt(slot)) & 1n) === 1n
          ? [
              [
                `${meter} ${channel} ${date} ${slot + 1}`,
                {kwh: value, isEstimated: ((estimated >> BigInt(slot)) & 1n) === 1n}
              ] as const
            ]
          : []
      )
    );
    const byKey = new Map(reads);
    expect(byKey.size).toBe(truth.week.half_hours.length);
    for (const {meter_point_id, channel, settlement_date, settlement_period, quantity, unit, read_status} of truth.week
      .half_hours) {
      const read = byKey.get(`${meter_point_id} ${channel} ${settlement_date} ${settlement_period}`);
      expect(read?.kwh).toBeCloseTo(Number(quantity) * (unit === "m3" ? (1.02264 * 39.075) / 3.6 : 1), 8);
      expect(read?.isEstimated).toBe(read_status === "estimated");
    }
  });

  test("the pictures in the README are those that are published (UPDATE_GALLERY=1 takes them over)", async () => {
    const shown = await readdir(join(project, ".github", "gallery"));
    const pictures = [...(await publishedFiles(first.folder))].filter(([path]) => /^figures\/.*\.svg$/.test(path));
    expect(shown).toHaveLength(pictures.length);
    for (const name of shown) {
      const place = join(project, ".github", "gallery", name);
      const [, drawn] = pictures.find(([path]) => path.startsWith(`figures/${name.replace(/\.svg$/, "")}`)) ?? [];
      if (process.env.UPDATE_GALLERY === "1" && drawn !== undefined) await writeFile(place, drawn);
      const bytes = await readFile(place);
      expect(
        pictures.filter(([, published]) => published.equals(bytes)),
        name
      ).toHaveLength(1);
    }
  });

  test("CSV and Arrow hold the same rows, and every picture says that the estate is illustrative", async () => {
    const files = await publishedFiles(first.folder);
    const csv = (files.get("tables/site_energy_monthly.csv")?.toString() ?? "").trimEnd().split("\r\n");
    const arrow = tableFromIPC(files.get("tables/site_energy_monthly.arrow") ?? new Uint8Array());
    expect(arrow.numRows).toBe(csv.length - 1);
    expect(arrow.schema.fields.map(({name}) => name).join()).toBe(csv[0]);
    const kwh = arrow.toArray().reduce((sum: number, row: {consumption_kwh: number}) => sum + row.consumption_kwh, 0);
    const column = csv[0]?.split(",").indexOf("consumption_kwh") ?? -1;
    expect(kwh).toBeCloseTo(
      csv.slice(1).reduce((sum, line) => sum + Number(line.split(",")[column]), 0),
      3
    );
    for (const [name, bytes] of files)
      if (name.endsWith(".svg"))
        expect(bytes.toString(), name).toMatch(
          name.includes("borough") ? /close to, but not the same as/i : /Illustrative estate/
        );
  });
});

/** A council with some of the illustrative supplier files, started from nothing; the second is given the built page, which must be the same. */
async function startWith(files: readonly string[], name: string): Promise<Map<string, Buffer>> {
  const folder = await mkdtemp(join(tmpdir(), `canopy-${name}-`));
  try {
    await cp(join(project, "data", "council"), join(folder, "council"), {recursive: true});
    const settings = join(folder, "council", "council.json");
    const council = JSON.parse(await readFile(settings, "utf8")) as object;
    await writeFile(settings, JSON.stringify({...council, illustrative: null}));
    if (name === "two") await keepShell(folder);
    for (const file of files) await cp(join(first.folder, "inbox", file), join(folder, "inbox", file));
    await canopy("run", "--data", folder);
    return await publishedFiles(folder);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

/** Two starts from nothing give the same bytes: figures, CSV, Arrow and page. Part 1 takes every fortieth supplier file, the last takes all. */
defineProof("same-bytes", {
  parts: {small: 1, whole: 4},
  async prove(part) {
    const inbox = join(first.folder, "inbox");
    const all = (await readdir(inbox, {recursive: true, withFileTypes: true}))
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name).slice(inbox.length + 1))
      .sort();
    const step = [40, 10, 3, 1][part - 1] ?? 1;
    const files = all.filter((_, index) => index % step === 0);
    const [one, two] = [await startWith(files, "one"), await startWith(files, "two")];
    expect([...one.keys()]).toEqual([...two.keys()]);
    for (const [name, bytes] of one) expect(two.get(name)?.equals(bytes), name).toBe(true);
    return {"supplier files": files.length, "published files": one.size};
  }
});
