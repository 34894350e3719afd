import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {headlineLines} from "../../src/commands/status/headline.ts";
import {onTrackLines} from "../../src/commands/status/on-track.ts";
import {readConfig} from "../../src/council/config.ts";
import type {Inputs} from "../../src/models/build.ts";
import {readHeadline} from "../../src/publish/headline.ts";
import {publish} from "../../src/publish/publish.ts";
import {readStandpoints} from "../../src/publish/standpoints.ts";
import type {SqlRow} from "../../src/warehouse/connection.ts";
import {withPublished} from "../../src/warehouse/published.ts";
import {Canopy, fixedEffects} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {fuelFile} from "../support/fuel-files.ts";
import {keepShell} from "../support/kept-shell.ts";
import {writeRows, writeSettings} from "../support/registers.ts";
import {flat, portalFile} from "../support/supplier-files.ts";
import {billFile} from "./meter-files.ts";

const [mpan] = mpans;

/** As it is until June 2027: the newest set is that of 2026. */
const until2026 = (read: Inputs): Inputs => ({
  ...read,
  factors: read.factors.filter(({factor_set}) => factor_set <= 2026)
});

/** Bills of 24,000 kWh of 2025/26 and of 28,700 kWh of 2026/27 as far as it has gone, and 48 kWh on each day named. */
async function council(asOf: string, factorYear: string, days: readonly string[]) {
  const canopy = new Canopy(await makeDataFolder([{id: mpan}], asOf), fixedEffects("2027-04-04T12:00:00Z"));
  await writeSettings(canopy.folder, {as_of: asOf, factor_year: factorYear, base_year: 2025});
  const target = {name: "net zero by 2030", boundary: "own operations", scopes: "1;2", base_year: 2025};
  const items = Object.entries({...target, target_year: 2030, residual_share: 0.05});
  await writeRows(
    canopy.folder,
    "targets.csv",
    items.map(([item, value]) => `own,${item},${value},test,unconfirmed,climate team`)
  );
  const ends = asOf < "2027-03-31" ? asOf : "2027-03-31";
  await canopy.bring(
    "bills.csv",
    billFile([
      {mpan, invoice: "1", from: "2025-04-01", to: "2026-03-31", kwh: 24_000},
      {mpan, invoice: "2", from: "2026-04-01", to: ends, kwh: 28_700}
    ])
  );
  const reads = days.map(date => ({mpan, date, cells: flat(1)}));
  if (reads.length > 0)
    expect(await canopy.bring("reads.csv", portalFile("04/04/27 07:00", reads))).toMatchObject({
      outcome: "landed",
      reason: null
    });
  const build = () => canopy.ask("select 1", until2026);
  await build();
  const ask = <T extends object = SqlRow>(sql: string) =>
    withPublished(canopy.folder, connection => connection.rows<T>(sql));
  return {canopy, build, ask, said: () => said(canopy)};
}

/** What `status` says of emissions and targets, as one text. */
const said = (canopy: Canopy) =>
  withPublished(canopy.folder, async connection =>
    [...headlineLines(await readHeadline(connection, null)), ...onTrackLines(await readStandpoints(connection))]
      .join(" ")
      .replaceAll(/\s+/g, " ")
  );

const annual = `
  select reporting_year as year, factor_set, scope, line, round(quantity, 2) as quantity, round(emissions_t_co2e, 5) as t
  from marts.annual_emissions where line in ('generation', 'factors not yet published') order by year, factor_set, activity`;
const years =
  "select reporting_year as year, round(scope_1_and_2_t_co2e, 5) as t, scope_3_t_co2e as upstream, factor_sets, is_whole_year as whole from marts.reporting_years order by year";

describe("3 April 2027, a year takes the set of the calendar year that holds most of it", () => {
  const springDays = ["2027-04-01", "2027-04-02", "2027-04-03"];

  test("the year that began has its energy and no emissions, and the years before stay as they are", async () => {
    const {ask, said} = await council("2027-04-03", "majority", springDays);
    // 24,000 × 0.17700 kg by the 2025 set; 28,700 × 0.13096 kg by the 2026 set; three days of 48 kWh have no set.
    expect(await ask(annual)).toEqual([
      {year: 2025, factor_set: 2025, scope: "2", line: "generation", quantity: 24_000, t: 4.248},
      {year: 2026, factor_set: 2026, scope: "2", line: "generation", quantity: 28_700, t: 3.75855},
      {year: 2027, factor_set: 2027, scope: null, line: "factors not yet published", quantity: 144, t: null}
    ]);
    expect(await ask(years)).toMatchObject([
      {year: 2025, t: 4.248, whole: true},
      {year: 2026, t: 3.75855, whole: true},
      {year: 2027, t: null, upstream: null, factor_sets: "2027", whole: false}
    ]);
    expect(
      await ask(
        "select month, quantity, emissions_t_co2e as t from marts.monthly_emissions where reporting_year = 2027"
      )
    ).toEqual([{month: new Date("2027-04-01"), quantity: 144, t: null}]);
    expect(
      await ask("select sum(consumption_kwh) as kwh from marts.site_energy_monthly where reporting_year = 2027")
    ).toEqual([{kwh: 144}]);
    // Of a building's year none is borrowed either: its energy is told, and no tonnes of it.
    expect(await ask("select import_kwh > 144 as has_energy, t_co2e from marts.site_years")).toEqual([
      {has_energy: true, t_co2e: null}
    ]);
    expect(await ask("select distinct reporting_year as year from marts.emissions_by_source order by 1")).toEqual([
      {year: 2025},
      {year: 2026}
    ]);
    const words = await said();
    expect(words).toContain("2026/27: 3.8 t CO₂e from our own operations");
    expect(words).toContain("2027/28 so far: factors for 2027 not yet published; no emissions yet");
    expect(words).toContain("used, emissions not yet known: electricity 144 kWh");
    expect(words).not.toContain("like for like");
    expect(words).toContain("in 2026/27 (3.8 t; the path allows");
  });

  test("fuel waits too, in litres; what is published says so", async () => {
    const {canopy, build, ask, said} = await council("2027-04-03", "majority", springDays);
    await writeRows(canopy.folder, "fuel-products.csv", ["keyfuels,018,diesel,diesel,illustrative"]);
    const drawing = {id: "100000001", at: "2027-04-02 07:41:12", registration: "QZ70ABC", product: "018", litres: 45};
    await canopy.bring("april.E01", fuelFile([drawing], "2027-04-03 02:00:00"), {feed: "fleet-fuel"});
    await build();
    expect(
      await ask(
        "select quantity, unit, emissions_t_co2e as t from marts.annual_emissions where reporting_year = 2027 and activity = 'diesel'"
      )
    ).toEqual([{quantity: 45, unit: "l", t: null}]);
    expect(await said()).toContain("emissions not yet known: diesel 45 l, electricity 144 kWh");
    await keepShell(canopy.folder);
    await publish(await readConfig(canopy.folder, canopy.effects.now()));
    const page = await readFile(join(canopy.folder, "published", "site", "index.html"), "utf8");
    expect(page).toContain("Factors for 2027 not yet published: no total for 2027/28 yet.");
    expect(page).toContain("emitted in 2026/27");
  });

  test("a factor that a published set lacks is still an error that names activity, unit and year", async () => {
    const {canopy} = await council("2027-04-03", "majority", springDays);
    const withoutElectricity = (read: Inputs): Inputs => ({
      ...read,
      factors: read.factors.filter(
        ({factor_set, activity}) => factor_set < 2026 || (factor_set === 2026 && activity !== "electricity")
      )
    });
    const failure = await canopy
      .ask("select * from marts.annual_emissions", withoutElectricity)
      .catch((error: Error) => error.message);
    expect(failure).toMatch(/intermediate\.emissions breaks its check \(line is not null\)/);
    for (const words of ['"activity":"electricity"', '"unit":"kWh"', '"reporting_year":2026'])
      expect(failure).toContain(words);
  });
});

describe("blended by days", () => {
  test("12 January 2027: 12 of 287 days wait, the year to date says at least, and no total is given", async () => {
    const {ask, said} = await council("2027-01-12", "blended by days", []);
    // Days of 2025/26: 275 of 365 by the 2025 set, 90 by the 2026 set. Of 2026/27 so far: 275 of 287 by the 2026 set, 28,700 × 275 / 287 = 27,500 kWh.
    const rows = await ask<{year: number; factor_set: number; quantity: number; t: number | null}>(annual);
    expect(rows.map(({year, factor_set}) => [year, factor_set])).toEqual([
      [2025, 2025],
      [2025, 2026],
      [2026, 2026],
      [2026, 2027]
    ]);
    expect(rows[2]).toMatchObject({quantity: 27_500, t: 3.6014});
    expect(rows[3]).toMatchObject({scope: null, line: "factors not yet published", quantity: 1200, t: null});
    expect(await ask(years)).toMatchObject([
      {year: 2025, whole: true},
      {year: 2026, t: null, upstream: null, factor_sets: "2026, 2027", whole: false}
    ]);
    const words = await said();
    expect(words).toContain(
      "2026/27 so far: factors for 2027 not yet published; no total yet, at least 3.6 t CO₂e used, emissions not yet known: electricity 1.2 MWh"
    );
    expect(words).not.toContain("like for like");
  });

  test("3 April 2027: the year that is over waits as well; no pathway, budget or figure takes a part of it for the whole", async () => {
    const {ask, said} = await council("2027-04-03", "blended by days", ["2027-04-02"]);
    expect(await ask(years)).toMatchObject([
      {year: 2025, whole: true},
      {year: 2026, t: null, factor_sets: "2026, 2027", whole: true},
      {year: 2027, t: null, factor_sets: "2027", whole: false}
    ]);
    expect(await ask("select distinct reporting_year as year from marts.emissions_by_source")).toEqual([{year: 2025}]);
    const [base, next] = await ask<{t: number | null; constant: number | null; gap: number | null}>(
      "select actual_t as t, constant_factor_t as constant, gap_t as gap from marts.trajectories where pathway = 'linear' order by year"
    );
    // 24,000 kWh: 275 days × 0.17700 and 90 days × 0.13096, over 365; at constant factors those of the newest set a whole year began with.
    expect(base?.t).toBeCloseTo((24 * (275 * 0.177 + 90 * 0.13096)) / 365, 5);
    expect(base?.constant).toBeCloseTo(24 * 0.177, 5);
    expect(next).toEqual({t: null, constant: null, gap: null});
    expect(
      await ask(
        "select emitted_so_far_t as so_far, remaining_t as remaining from marts.carbon_budgets where year = 2026"
      )
    ).toEqual([
      {so_far: null, remaining: null},
      {so_far: null, remaining: null}
    ]);
    const words = await said();
    expect(words).toContain("2025/26: 4 t CO₂e from our own operations");
    expect(words).toContain("2027/28 so far: factors for 2027 not yet published; no emissions yet");
    // 28,700 × 275 / 365 × 0.13096 kg.
    expect(words).toContain("2026/27: factors for 2027 not yet published; no total yet, at least 2.8 t CO₂e");
    expect(words).not.toMatch(/path in 2026|less than/);
  });
});
