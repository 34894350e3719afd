import {expect, test} from "vitest";
import {changeFinding} from "../../src/figures/kit/finding.ts";
import type {Comparison} from "../../src/models/marts/comparisons.ts";
import {comparedText} from "../../src/wording/completeness.ts";
import type {Canopy} from "../support/canopy.ts";
import {daily, daysOf, estateOf, evenly, monthsOf} from "./estates.ts";
import {mpanOf} from "./meter-files.ts";

const [e, g] = [mpanOf(1), "9100000011"] as const;

/** 30 MWh from April to September and 70 MWh from October to March, by days. */
function gasOf(year: number, summer: number, winter: number): Record<string, number> {
  const [warm, cold] = [monthsOf(`${year}-04`, `${year}-09`), monthsOf(`${year}-10`, `${year + 1}-03`)];
  const share = (months: readonly string[], kwh: number) =>
    Object.fromEntries(
      months.map((month, index) => [
        month,
        index === months.length - 1 ? kwh - rest(months, kwh) : part(months, month, kwh)
      ])
    );
  const part = (months: readonly string[], month: string, kwh: number) =>
    Math.round((kwh * daysOf(month)) / months.reduce((sum, each) => sum + daysOf(each), 0));
  const rest = (months: readonly string[], kwh: number) =>
    months.slice(0, -1).reduce((sum, month) => sum + part(months, month, kwh), 0);
  return {...(summer === 0 ? {} : share(warm, summer)), ...(winter === 0 ? {} : share(cold, winter))};
}

const years = async (c: Canopy) =>
  c.ask(
    `select reporting_year, round(scope_1_and_2_t_co2e, 4) as t, round(expected_t_co2e, 4) as expected, round(held_t_co2e, 4) as held,
       round(held_share, 4) as share, sources_at_zero as zero, has_ended, is_whole_year as whole
     from marts.reporting_years order by reporting_year`
  );

test("a winter of gas is missing (T32): 48.3% of the expected tonnes are held, and what is the same is 3.1% less", async () => {
  const c = await estateOf(
    [
      {id: e, energy: "electricity", kwh: daily("2024-04", "2026-03", 100)},
      {id: g, energy: "gas", kwh: {...gasOf(2024, 30_000, 70_000), ...gasOf(2025, 28_000, 0)}}
    ],
    {asOf: "2026-03-31"}
  );
  // 2024/25: 36,500 kWh × 0.20705 + 100,000 kWh × 0.18290. Then at the 2025 factors: 36,500 kWh × 0.17700 + 100,000 kWh × 0.18296, and 30,000 of the gas held: by hand, as in the worked example.
  expect(await years(c)).toEqual([
    {
      reporting_year: 2024,
      t: 25.8473,
      expected: 25.8473,
      held: 25.8473,
      share: 1,
      zero: null,
      has_ended: true,
      whole: true
    },
    {
      reporting_year: 2025,
      t: 11.5834,
      expected: 24.7565,
      held: 11.9493,
      share: 0.4827,
      zero: null,
      has_ended: true,
      whole: false
    }
  ]);
  expect(
    await c.ask(
      `select sum(held_half_hours) / sum(expected_half_hours) as half_hours from marts.completeness where reporting_year = 2025`
    )
  ).toEqual([{half_hours: expect.closeTo(0.751, 3)}]);
  expect(
    await c.ask(
      `select kind, name, first_month::date::varchar as first, last_month::date::varchar as last, round(missing_t_co2e, 1) as t, is_all_missing as all
       from marts.missing_data where reporting_year = 2025`
    )
  ).toEqual([{kind: "meter", name: g, first: "2025-10-01", last: "2026-03-01", t: 12.8, all: true}]);
  const [compared] = await c.ask<{t: number; before: number}>(
    `select t_co2e as t, before_at_same_factors_t_co2e as before, is_all, direction_at_same_factors as direction, sources_left_out
     from marts.comparisons where reporting_year = 2025 and against = 'year before'`
  );
  expect(compared).toMatchObject({is_all: false, direction: "less", sources_left_out: null});
  expect(compared?.t).toBeCloseTo(11.5834, 4);
  expect(compared?.before).toBeCloseTo(11.9493, 4);
  expect(await c.ask("select reporting_year from marts.emissions_by_source where is_whole_year group by 1")).toEqual([
    {reporting_year: 2024}
  ]);
});

test("a year with nine months, and a meter whose bills stopped: 37.5% is held, and only the factor has changed", async () => {
  const [one, other] = [mpanOf(1), mpanOf(2)];
  const c = await estateOf([
    {id: one, energy: "electricity", kwh: evenly("2024-04", "2025-12", 10_000)},
    {id: other, energy: "electricity", kwh: evenly("2024-04", "2025-03", 10_000)}
  ]);
  const found = await years(c);
  // 240,000 kWh × 0.20705 and 90,000 kWh × 0.17700.
  expect(found.slice(0, 2)).toMatchObject([
    {reporting_year: 2024, t: 49.692, share: 1, whole: true},
    {reporting_year: 2025, t: 15.93, expected: 42.48, share: 0.375, whole: false}
  ]);
  expect(
    await c.ask(
      `select t_co2e as t, before_t_co2e as before, before_at_same_factors_t_co2e as same, direction, direction_at_same_factors as direction_same,
         first_month::date::varchar as first, last_month::date::varchar as last
       from marts.comparisons where reporting_year = 2025 and against = 'year before'`
    )
  ).toEqual([
    {
      t: 15.93,
      before: 18.6345,
      same: 15.93,
      direction: "less",
      direction_same: null,
      first: "2025-04-01",
      last: "2025-12-01"
    }
  ]);
  expect(
    await c.ask("select name, short_months from marts.missing_data where reporting_year = 2025 order by 2 desc")
  ).toEqual([
    {name: other, short_months: 12},
    {name: one, short_months: 3}
  ]);
});

test("a site that left between two whole years: what all did, and what the meters of both years did", async () => {
  const [one, other] = [mpanOf(1), mpanOf(2)];
  const c = await estateOf([
    {id: one, energy: "electricity", kwh: evenly("2024-04", "2026-03", 10_000)},
    {id: other, energy: "electricity", kwh: evenly("2024-04", "2025-03", 10_000), to: "2025-03-31"}
  ]);
  // 2024/25: 240,000 kWh × 0.20705; 2025/26: 120,000 kWh × 0.17700. The one meter: 120,000 kWh in either year.
  expect((await years(c)).slice(0, 2)).toMatchObject([
    {reporting_year: 2024, t: 49.692, whole: true},
    {reporting_year: 2025, t: 21.24, whole: true}
  ]);
  const [compared] = await c.ask<Comparison>(
    "select * from marts.comparisons where reporting_year = 2025 and against = 'year before'"
  );
  expect(compared).toMatchObject({
    ...{is_all: true, t_co2e: 21.24, before_t_co2e: 49.692, before_at_same_factors_t_co2e: 42.48},
    ...{direction: "less", direction_at_same_factors: "less"},
    ...{same_meters_t_co2e: 21.24, same_meters_before_t_co2e: 24.846, same_meters_before_at_same_factors_t_co2e: 21.24},
    ...{same_meters_direction: "less", same_meters_direction_at_same_factors: null}
  });
  expect(comparedText(compared as Comparison)).toBe(
    "57% less than the 50 t of 2024/25; of the meters that both years have, 15% less; without new government factors, no clear change"
  );
  // The fall is not claimed in a title: most of it is a site that left, the rest the factors.
  expect(changeFinding("Emissions", compared as Comparison)).toBeUndefined();
});

test("the same meters in two whole years need no second number", async () => {
  const c = await estateOf([{id: mpanOf(1), energy: "electricity", kwh: evenly("2024-04", "2026-03", 10_000)}]);
  expect(
    await c.ask(
      "select is_all, same_meters_t_co2e as t, same_meters_direction as direction from marts.comparisons where reporting_year = 2025 and against = 'year before'"
    )
  ).toEqual([{is_all: true, t: null, direction: null}]);
});
