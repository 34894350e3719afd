import {beforeAll, describe, expect, test} from "vitest";
import {type Connection, openDatabase} from "../../src/warehouse/connection.ts";
import {loadMacros} from "../../src/warehouse/warehouse.ts";
import {factorsOf} from "../lanes/factors-by-hand.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {writeRows, writeSettings} from "../support/registers.ts";

let connection: Connection;
beforeAll(async () => {
  connection = await (await openDatabase(":memory:", {folders: []})).connect();
  await loadMacros(connection);
});

const ask = async (sql: string) => (await connection.row<{v: number}>(`select (${sql})::double as v`)).v;

describe("Manchester's published budget: 35,745 t in 2019/20 and 13% a year (T13)", () => {
  const base = 35_745 / 0.87;

  test.each([
    [2018, 41_087],
    [2019, 35_745],
    [2020, 31_099],
    [2021, 27_056],
    [2022, 23_538],
    [2023, 20_478],
    [2024, 17_816]
  ])("%i allows %i t", async (year, published) => {
    const allowed = await ask(`constant_percentage_t(${base}, 0.13, 2018, 2100, ${year})`);
    expect(Math.abs(allowed - published)).toBeLessThan(5);
    // The closed form, exactly.
    expect(allowed).toBeCloseTo(base * 0.87 ** (year - 2018), 6);
  });

  test("five years from 2020 allow 119,988 t, to 2038 296,547 t, to 2100 316,048 t, and the shares of it by year 3, 7 and 12", async () => {
    const budget = (from: number, years: number) => ask(`constant_percentage_budget_t(${from}, 0.13, ${years})`);
    expect(Math.abs((await budget(base * 0.87 ** 2, 5)) - 119_988)).toBeLessThan(5);
    expect(Math.abs((await budget(base, 20)) - 296_547)).toBeLessThan(5);
    expect(Math.abs((await budget(base, 83)) - 316_048)).toBeLessThan(5);
    const whole = await budget(base, 83);
    for (const [years, share] of [
      [3, 34.2],
      [7, 62],
      [12, 81]
    ] as const)
      expect(Math.abs((100 * (await budget(base, years))) / whole - share)).toBeLessThan(0.5);
  });

  test("the sum of its years is the closed form, and the rate that reaches a residual reaches it", async () => {
    const years = Array.from({length: 20}, (_, index) => base * 0.87 ** index).reduce((sum, t) => sum + t, 0);
    expect(await ask(`constant_percentage_budget_t(${base}, 0.13, 20)`)).toBeCloseTo(years, 6);
    const rate = await ask("constant_rate(0.05, 2018, 2038)");
    expect(100 * (1 - rate) ** 20).toBeCloseTo(5, 9);
    expect(await ask("constant_percentage_t(100, constant_rate(0.05, 2018, 2038), 2018, 2038, 2038)")).toBeCloseTo(
      5,
      9
    );
  });
});

test("a straight line: all of the base year, half-way half-way, the residual in the target year, nothing outside", async () => {
  const line = (year: number) => ask(`linear_t(1000, 0.1, 2018, 2028, ${year})`);
  expect([await line(2018), await line(2023), await line(2028), await line(2017), await line(2029)]).toEqual([
    1000,
    550,
    100,
    null,
    null
  ]);
});

/** A council whose scope 1 was so many tonnes in these years: gas of that much by each year's own factor. */
async function emitting(
  tonnes: Record<number, number>,
  targets: Record<string, string>,
  asOf = "2026-10-31"
): Promise<Canopy> {
  // No meter: an unread one would leave every year incomplete.
  const canopy = new Canopy(await makeDataFolder([]));
  await writeSettings(canopy.folder, {base_year: 2018, as_of: asOf});
  await writeRows(
    canopy.folder,
    "annual-returns.csv",
    Object.entries(tonnes).map(([year, t]) => {
      const gas = factorsOf(Number(year), "natural_gas", "kWh").find(({line}) => line === "combustion");
      return `${year},building gas,natural_gas,kWh,${((t * 1000) / (gas?.co2e ?? Number.NaN)).toFixed(9)},inventory,test`;
    })
  );
  await writeTargets(canopy, targets);
  return canopy;
}

const usual = {
  name: "net zero by 2030",
  boundary: "own operations",
  scopes: "1;2",
  base_year: "2018",
  target_year: "2030",
  residual_share: "0.05"
};

const writeTargets = (canopy: Canopy, items: Record<string, string>) =>
  writeRows(
    canopy.folder,
    "targets.csv",
    Object.entries({...usual, ...items}).map(([item, value]) => `own,${item},${value},test,unconfirmed,climate team`)
  );

describe("status against a budget (T14)", () => {
  test("37,173 / 32,284 / 25,501 t: 94,958 in all, 12,973 t under, about 30% of the whole used", async () => {
    const c = await emitting(
      {2018: 37_173, 2019: 32_284, 2020: 25_501, 2021: 22_807},
      {base_t: String(35_745 / 0.87), annual_rate: "0.13", target_year: "2037"}
    );
    const rows = await c.ask<{year: number; allowed: number; emitted: number; left: number; used: number; cap: number}>(
      `select year, allowed_t as cap, allowed_so_far_t as allowed, emitted_so_far_t as emitted, remaining_t as "left", used_share as used
       from marts.carbon_budgets where pathway = 'constant percentage' order by year`
    );
    const at = (year: number) => rows.find(row => row.year === year);
    expect(at(2020)?.emitted).toBeCloseTo(94_958, 1);
    expect(Math.abs((at(2020)?.allowed ?? 0) - (at(2020)?.emitted ?? 0) - 12_973)).toBeLessThan(5);
    // The whole is 2018/19 to 2037/38, 296,547 t: 94,958 of it is 32%; of the published 316,048 t to 2100 it is 30%.
    expect(at(2020)?.used).toBeCloseTo(94_958 / 296_543, 3);
    expect(94_958 / 316_048).toBeCloseTo(0.3, 2);
    expect(at(2037)?.allowed).toBeCloseTo(296_543, -1);
    expect(Math.round((100 * 22_807) / (at(2021)?.cap ?? Number.NaN))).toBe(84);
    expect(at(2022)).toMatchObject({emitted: null, left: null, used: null});
  });

  test("9.54 of 15 Mt is 63.6% (T16)", async () => {
    // 15 Mt between 2018 and 2037 at 13% a year begin with 15 × 0.13 / (1 − 0.87^20) Mt.
    const base = (15_000_000 * 0.13) / (1 - 0.87 ** 20);
    const c = await emitting(
      {2018: 4_000_000, 2019: 5_540_000},
      {base_t: String(base), annual_rate: "0.13", target_year: "2037"}
    );
    const [row] = await c.ask<{used: number}>(
      "select used_share as used from marts.carbon_budgets where pathway = 'constant percentage' and year = 2019"
    );
    expect(row?.used).toBeCloseTo(0.636, 4);
  });
});

describe("trajectories", () => {
  const rows = (c: Canopy) =>
    c.ask<{year: number; a: number | null; r: number | null; g: number | null}>(
      "select year, round(actual_t, 3) as a, round(required_t, 3) as r, round(gap_t, 3) as g from marts.trajectories where pathway = 'linear' order by year"
    );

  test("a year above, a missing year, a year below, the years to come", async () => {
    const c = await emitting({2018: 1000, 2019: 950, 2021: 700}, {target_year: "2028", residual_share: "0.1"});
    expect((await rows(c)).slice(0, 5)).toEqual([
      {year: 2018, a: 1000, r: 1000, g: 0},
      {year: 2019, a: 950, r: 910, g: 40},
      {year: 2020, a: null, r: 820, g: null},
      {year: 2021, a: 700, r: 730, g: -30},
      {year: 2022, a: null, r: 640, g: null}
    ]);
    // With a gap in the years nothing is said of the budget used after it.
    expect(
      await c.ask(
        "select year from marts.carbon_budgets where pathway = 'linear' and emitted_so_far_t is not null order by year"
      )
    ).toEqual([{year: 2018}, {year: 2019}]);
  });

  test("a target that is met already, a series that rises, one year alone", async () => {
    const met = await emitting({2018: 1000, 2025: 20}, {});
    const [last] = (await rows(met)).filter(({year}) => year === 2025);
    expect(last?.a).toBe(20);
    expect((await rows(met)).at(-1)).toMatchObject({year: 2030, r: 50});
    const rising = await emitting({2018: 1000, 2019: 1100, 2020: 1200}, {});
    expect((await rows(rising)).slice(0, 3).map(({g}) => g)).toEqual([0, 179.167, 358.333]);
    const alone = await emitting({2018: 1000}, {});
    expect((await rows(alone)).filter(({a}) => a !== null)).toEqual([{year: 2018, a: 1000, r: 1000, g: 0}]);
  });

  test("no figure for the base year, and none declared: nothing is required, and nothing is invented", async () => {
    const c = await emitting({2019: 950}, {});
    expect((await rows(c)).every(({r}) => r === null)).toBe(true);
    expect(await c.ask("select * from marts.carbon_budgets")).toEqual([]);
  });

  test("the same activity at the factors of the last whole year stands beside", async () => {
    const c = await emitting({2018: 1000, 2025: 800}, {});
    const gas = (set: number) =>
      factorsOf(set, "natural_gas", "kWh").find(({line}) => line === "combustion")?.co2e ?? 0;
    const found = await c.ask<{year: number; c: number; s: number}>(
      "select year, constant_factor_t as c, constant_factor_set as s from marts.trajectories where pathway = 'linear' and actual_t is not null order by year"
    );
    expect(found.map(({s}) => s)).toEqual([2025, 2025]);
    expect(found[0]?.c).toBeCloseTo((1000 * gas(2025)) / gas(2018), 3);
    expect(found[1]?.c).toBeCloseTo(800, 3);
  });

  test("a year that crosses the 2026 electricity factor names the break", async () => {
    const c = new Canopy(await makeDataFolder());
    await writeSettings(c.folder, {base_year: 2025, as_of: "2027-04-01"});
    await writeRows(
      c.folder,
      "annual-returns.csv",
      [2025, 2026].map(year => `${year},building electricity,electricity,kWh,100000,inventory,test`)
    );
    await writeTargets(c, {base_year: "2025"});
    expect(
      await c.ask(
        "select year, factor_breaks, is_provisional from marts.trajectories where pathway = 'linear' and actual_t is not null order by 1"
      )
    ).toEqual([
      {year: 2025, factor_breaks: null, is_provisional: false},
      {year: 2026, factor_breaks: "electricity generation -26% in the 2026 set", is_provisional: true}
    ]);
  });

  test("the borough is set against one statistic and release, says which gases, and that it is not the measure of the target", async () => {
    const c = await emitting({2018: 1000}, {});
    await writeSettings(c.folder, {ons_code: "E08000007"});
    const items = {...usual, boundary: "area-wide", statistic: "co2_territorial", target_year: "2038"};
    await writeRows(
      c.folder,
      "targets.csv",
      Object.entries(items).map(([item, value]) => `borough,${item},${value},test,confirmed,`)
    );
    const found = await c.ask<{series: string; gases: string; why: string; is_confirmed: boolean}>(
      "select distinct series, gases, why_not_measure_of_target as why, is_confirmed from marts.trajectories"
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({series: "territorial CO₂, release 2005-2023", gases: "CO2", is_confirmed: true});
    expect(found[0]?.why).toMatch(/land use/);
  });

  test.each([
    [{residual_share: "0"}, /targets\.csv, row \d+, residual_share: 0: a share above 0/],
    [{target_year: "2018"}, /target_year: 2018: the target year is not after the base year/],
    [{scopes: "1;4"}, /targets\.csv, row \d+, scopes: 1;4/],
    [{boundary: "the world"}, /boundary: the world/]
  ])("%j is refused by row and value", async (items, message) => {
    const c = await emitting({2018: 1000}, items);
    await expect(c.ask("select 1")).rejects.toThrow(message);
  });

  test("a target without a residual is refused: a pathway needs one", async () => {
    const c = await emitting({2018: 1000}, {});
    await writeRows(c.folder, "targets.csv", [
      ...Object.entries(usual)
        .filter(([item]) => item !== "residual_share")
        .map(([item, value]) => `own,${item},${value},test,confirmed,`)
    ]);
    await expect(c.ask("select 1")).rejects.toThrow(/targets\.csv, target own: residual_share has no row/);
  });
});
