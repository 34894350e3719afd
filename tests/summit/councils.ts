import {boroughRows} from "../../src/figures/kit/examples/borough-rows.ts";
import type {CarbonBudget} from "../../src/models/marts/carbon_budgets.ts";
import type {Comparison} from "../../src/models/marts/comparisons.ts";
import type {DataCoverage} from "../../src/models/marts/data_coverage.ts";
import type {EmissionsBySource} from "../../src/models/marts/emissions_by_source.ts";
import type {Finding} from "../../src/models/marts/findings.ts";
import type {ReportingYear} from "../../src/models/marts/reporting_years.ts";
import type {Saving} from "../../src/models/marts/savings.ts";
import {savings} from "../../src/models/marts/savings.ts";
import type {Trajectory} from "../../src/models/marts/trajectories.ts";
import type {MartRows} from "../support/mart-rows.ts";

/** A year of an invented council: tonnes of gas and of electricity, and whether all of it is held. */
export interface Year {
  readonly year: number;
  readonly gas: number;
  readonly electricity: number;
  readonly isWhole?: boolean;
}

export interface CouncilFacts {
  readonly years: readonly Year[];
  readonly base?: number;
  /** Whether it has a target of own operations, 5% in 2030 by a straight path. */
  readonly hasTarget?: boolean;
  readonly savings?: readonly Saving[];
  readonly findings?: readonly Finding[];
  readonly borough?: readonly object[];
  readonly names?: {readonly gas?: string; readonly site?: string};
}

/** 1,000 t in 2018/19 and 100 t less each year to 2025/26, when it is 300 t: 200 t of gas and 100 t of electricity. */
export const falling: readonly Year[] = [2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025].map((year, i) => ({
  year,
  gas: 600 - (400 / 7) * i,
  electricity: 400 - (300 / 7) * i
}));

/** The marts of such a council, as the models would make them of it. */
export function martsOf({years, base = 2018, hasTarget = true, names = {}, ...others}: CouncilFacts): MartRows {
  const gas = names.gas ?? "building gas";
  const site = names.site ?? "Town Hall";
  const total = (year: Year | undefined) => (year === undefined ? null : year.gas + year.electricity);
  const whole = years.filter(({isWhole = true}) => isWhole);
  const baseYear = whole.find(({year}) => year === base);
  const before = (year: number) => whole.find(other => other.year === year);
  return {
    reporting_years: years.map(
      (year): ReportingYear => ({
        boundary: "own operations",
        basis: "location",
        reporting_year: year.year,
        scope_1_and_2_t_co2e: total(year),
        scope_1_t_co2e: year.gas,
        scope_2_t_co2e: year.electricity,
        scope_3_t_co2e: 70,
        base_year: base,
        base_year_t_co2e: total(years.find(other => other.year === base)),
        change_since_base_share:
          year.isWhole === false || baseYear === undefined
            ? null
            : ((total(year) ?? 0) - (total(baseYear) ?? 0)) / (total(baseYear) ?? 1),
        at_factors_before_t_co2e: null,
        factor_effect_t_co2e: null,
        factor_breaks: null,
        months: 12,
        factor_sets: String(year.year),
        is_provisional: false,
        expected_t_co2e: year.isWhole === false ? (total(year) ?? 0) + 90 : total(year),
        held_t_co2e: total(year),
        missing_t_co2e: year.isWhole === false ? 90 : 0,
        held_share: year.isWhole === false ? (total(year) ?? 0) / ((total(year) ?? 0) + 90) : 1,
        sources_at_zero: null,
        has_ended: true,
        is_whole_year: year.isWhole ?? true,
        unregistered_meters: 0,
        unregistered_t_co2e: null
      })
    ),
    emissions_by_source: years.flatMap(({year, gas: t1, electricity: t2, isWhole = true}) =>
      (
        [
          [gas, "1", t1],
          ["building electricity", "2", t2]
        ] as const
      ).map(
        ([emission_source, scope, emissions_t_co2e]): EmissionsBySource => ({
          boundary: "own operations",
          basis: "location",
          reporting_year: year,
          emission_source,
          scope,
          emissions_t_co2e,
          is_provisional: false,
          has_ended: true,
          is_whole_year: isWhole
        })
      )
    ),
    source_completeness: years.flatMap(({year, isWhole = true}) =>
      [gas, "building electricity"].map(emission_source => ({
        reporting_year: year,
        emission_source,
        expected_t_co2e: isWhole || emission_source !== gas ? 100 : 190,
        held_t_co2e: 100,
        unknowns: 0,
        is_returned: false,
        is_at_zero: false,
        is_whole: isWhole || emission_source !== gas
      }))
    ),
    missing_by_source: years
      .filter(({isWhole}) => isWhole === false)
      .map(({year}) => ({
        reporting_year: year,
        emission_source: gas,
        activity: "natural_gas",
        kind: "meter",
        first_month: new Date(Date.UTC(year, 9, 1)),
        last_month: new Date(Date.UTC(year + 1, 2, 1)),
        things: 1,
        name: "9100000001",
        site_name: site,
        is_all_missing: false,
        unknowns: 0,
        missing_t_co2e: 90
      })),
    comparisons: whole.flatMap(year =>
      (
        [
          ["base year", baseYear],
          ["first whole year", whole[0]],
          ["year before", before(year.year - 1)]
        ] as const
      ).flatMap(([against, other]): Comparison[] =>
        other === undefined || other.year >= year.year
          ? []
          : [
              {
                reporting_year: year.year,
                against,
                against_year: other.year,
                is_all: true,
                t_co2e: total(year),
                before_t_co2e: total(other),
                // Factors alone took off a tenth.
                before_at_same_factors_t_co2e: (total(other) ?? 0) * 0.9,
                missing_t_co2e: 0,
                direction: (total(year) ?? 0) < (total(other) ?? 0) ? "less" : "more",
                direction_at_same_factors: (total(year) ?? 0) < (total(other) ?? 0) * 0.9 ? "less" : "more",
                same_meters_t_co2e: null,
                same_meters_before_t_co2e: null,
                same_meters_before_at_same_factors_t_co2e: null,
                same_meters_direction: null,
                same_meters_direction_at_same_factors: null,
                is_before_returned: false,
                sources_left_out: null,
                first_month: null,
                last_month: null
              }
            ]
      )
    ),
    ...(hasTarget ? pathOf(years, base, total(baseYear)) : {}),
    savings: others.savings ?? [],
    findings: others.findings ?? [],
    data_coverage: [0, 1].map(
      (i): DataCoverage => ({
        meter_point_id: "9100000001",
        site_id: "town-hall",
        site_name: site,
        energy: "gas",
        month: new Date(Date.UTC(2026, 8 + i, 1)),
        expected_half_hours: 1440,
        present_half_hours: i === 0 ? 1440 : 1000,
        estimated_half_hours: 0,
        missing_half_hours: i === 0 ? 0 : 440,
        repeated_hour_half_hours: 0,
        period_half_hours: 0
      })
    ),
    borough_emissions: others.borough ?? boroughRows(null, "co2_within_influence", "2005-2020")
  };
}

/** The straight path from the base year to a twentieth of it in 2030; none where the base year is not whole. */
function pathOf(years: readonly Year[], base: number, baseTonnes: number | null): MartRows {
  const all = Array.from({length: 2030 - 2018 + 1}, (_, i) => 2018 + i);
  const required = (year: number) =>
    baseTonnes === null || year < base ? null : baseTonnes * (1 - (0.95 * (year - base)) / (2030 - base));
  const rows = all.map((year): Trajectory => {
    const own = years.find(each => each.year === year);
    const tonnes = own === undefined ? null : own.gas + own.electricity;
    const [actual_t, at_least_t] = own?.isWhole === false ? [null, tonnes] : [tonnes, null];
    const required_t = required(year);
    return {
      target_id: "own-operations",
      boundary: "own operations",
      target_name: "net zero by 2030",
      pathway: "linear",
      series: "scopes 1, 2, location-based",
      gases: "CO2e",
      year,
      base_year: base,
      target_year: 2030,
      residual_share: 0.05,
      actual_t,
      at_least_t,
      constant_factor_t: null,
      constant_factor_set: null,
      required_t,
      gap_t: actual_t === null || required_t === null ? null : actual_t - required_t,
      is_surely_above: at_least_t !== null && required_t !== null && at_least_t > required_t,
      is_provisional: false,
      factor_breaks: null,
      is_confirmed: false,
      unconfirmed: "scopes, base year (to be confirmed by: climate team)",
      why_not_measure_of_target: null
    };
  });
  let [allowed, emitted]: [number, number | null] = [0, 0];
  const inAll = rows.reduce((sum, {required_t}) => sum + (required_t ?? 0), 0);
  const budgets = rows.flatMap(({required_t, actual_t, year}): CarbonBudget[] => {
    if (required_t === null) return [];
    allowed += required_t;
    emitted = emitted === null || actual_t === null ? null : emitted + actual_t;
    return [
      {
        target_id: "own-operations",
        boundary: "own operations",
        pathway: "linear",
        gases: "CO2e",
        year,
        allowed_t: required_t,
        emitted_t: actual_t,
        allowed_so_far_t: allowed,
        emitted_so_far_t: emitted,
        remaining_t: emitted === null ? null : inAll - emitted,
        used_share: emitted === null ? null : emitted / inAll
      }
    ];
  });
  return {trajectories: rows, carbon_budgets: budgets};
}

/** A measure that is proved to save; every column that is not given is unknown. */
export function saving(given: Partial<Saving>): Saving {
  const nothing = Object.fromEntries(Object.keys(savings.row.shape).map(column => [column, null]));
  return {
    ...(nothing as unknown as Saving),
    measure_id: "led",
    site_id: "town-hall",
    site_name: "Town Hall",
    energy: "electricity",
    what: "LED lighting",
    outcome: "saves",
    baseline_from: new Date("2024-01-01"),
    baseline_to: new Date("2024-12-31"),
    baseline_days: 365,
    reporting_days: 300,
    missing_days: 0,
    avoided_kwh: 20_000,
    avoided_kwh_low: 15_000,
    avoided_kwh_high: 25_000,
    avoided_share: 0.1,
    ...given
  };
}

/** A finding of heating while shut, that costs so much a year. */
export function finding(id: string, gbp: number, given: Partial<Finding> = {}): Finding {
  return {
    finding_id: id,
    kind: "heating while shut",
    site_id: id,
    site_name: `${id} School`,
    site_kind: "school",
    energy: "gas",
    subject: id,
    since: new Date("2026-10-05"),
    measured: 40,
    usual: 10,
    days_counted: 14,
    confidence: "high",
    kwh_so_far: 1000,
    kwh_a_year: 20_000,
    m3_so_far: null,
    m3_a_year: null,
    gbp_a_year: gbp,
    gbp_a_year_low: gbp * 0.9,
    gbp_a_year_high: gbp * 1.1,
    t_co2e_a_year: 3,
    t_co2e_a_year_low: 2.7,
    t_co2e_a_year_high: 3.3,
    t_co2e_missing: null,
    due_on: null,
    detail: null,
    owner_role: "estates manager",
    state: "open",
    decided_on: null,
    snoozed_until: null,
    decided_why: null,
    decided_by: null,
    cost_centre: null,
    service: null,
    ward: null,
    recharged_to: null,
    ...given
  };
}
