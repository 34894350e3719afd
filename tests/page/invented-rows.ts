import type {Trajectory} from "../../src/models/marts/trajectories.ts";
import {buildingRows, hostileNames, rowsOfBuildings} from "./invented-building.ts";
import type {InventedMarts} from "./invented-marts.ts";

/** A small council's rows, invented: eight whole years, two years of months, three meters, and a borough. */

const span = (first: number, last: number) => Array.from({length: last - first + 1}, (_, i) => first + i);
const month = (index: number) => new Date(Date.UTC(2024, 10 + index, 1));
const wholeYears = span(2018, 2025);
const totalOf = (year: number) => 12_000 - 500 * (year - 2018);

const council: Partial<Trajectory> = {
  target_id: "own-operations",
  boundary: "own operations",
  target_name: "net zero by 2030",
  series: "scopes 1, 2, location-based",
  gases: "CO2e",
  target_year: 2030,
  constant_factor_set: 2025
};
const area: Partial<Trajectory> = {
  target_id: "borough",
  boundary: "area-wide",
  target_name: "carbon neutral by 2038",
  series: "territorial CO₂, release 2005-2023",
  gases: "CO2",
  target_year: 2038,
  constant_factor_set: null,
  why_not_measure_of_target: "It counts land use; the target is for heat, power and ground transport."
};

function trajectory(target: Partial<Trajectory>, lastActual: number, actual: (year: number) => number): Trajectory[] {
  const end = target.target_year as number;
  return span(2018, end).map(year => {
    const actual_t = year <= lastActual ? actual(year) : null;
    const required_t = actual(2018) * (1 - (0.95 * (year - 2018)) / (end - 2018));
    return {
      pathway: "linear",
      year,
      base_year: 2018,
      residual_share: 0.05,
      actual_t,
      constant_factor_t: target.constant_factor_set && actual_t !== null ? actual_t * 0.97 : null,
      required_t,
      gap_t: actual_t === null ? null : actual_t - required_t,
      at_least_t: null,
      is_surely_above: false,
      is_provisional: false,
      factor_breaks: null,
      is_confirmed: false,
      unconfirmed: "residual share (climate team)",
      why_not_measure_of_target: null,
      ...target
    } as Trajectory;
  });
}

export const invented: InventedMarts = {
  more: rowsOfBuildings([
    buildingRows("pool", "Pool"),
    ...hostileNames.map((name, i) => buildingRows(`hostile-${i}`, name))
  ]),
  trajectories: [
    ...trajectory(council, 2025, totalOf),
    ...trajectory(area, 2023, year => 1_200_000 - 40_000 * (year - 2018))
  ],
  sources: wholeYears.flatMap(reporting_year =>
    (
      [
        ["building gas", "1", 0.5],
        ["building electricity", "2", 0.3],
        ["fleet", "1", 0.2]
      ] as const
    ).map(([emission_source, scope, share]) => ({
      boundary: "own operations" as const,
      basis: "location" as const,
      reporting_year,
      emission_source,
      scope,
      emissions_t_co2e: totalOf(reporting_year) * share,
      is_provisional: false,
      has_ended: true,
      is_whole_year: true
    }))
  ),
  fleet: span(0, 23).map(index => ({
    month: month(index),
    reporting_year: month(index).getUTCFullYear() - (month(index).getUTCMonth() < 3 ? 1 : 0),
    service: "waste",
    vehicle_kind: "refuse vehicle",
    activity: "diesel",
    unit: "l" as const,
    quantity: 10_000 - 100 * index,
    credited_quantity: 0,
    transactions: 90,
    vehicles: 12
  })),
  generation: span(0, 23).map(index => ({
    month: month(index),
    reporting_year: 2025,
    asset_id: "pool-roof",
    site_id: "pool",
    site_name: "Pool",
    technology: "solar",
    capacity_kw: 50,
    generation_kwh: 3000 + 100 * index,
    self_consumption_kwh: 2500,
    export_kwh: 500 + 100 * index,
    expected_half_hours: 1440,
    present_half_hours: 1440,
    matched_half_hours: 1440,
    estimated_half_hours: 0
  })),
  coverage: ["Town Hall", "Pool", "Central Library"].flatMap((site_name, meter) =>
    span(0, 23).map(index => ({
      meter_point_id: `160000000001${meter}`,
      site_id: site_name.toLowerCase().replace(" ", "-"),
      site_name,
      energy: meter === 2 ? ("gas" as const) : ("electricity" as const),
      month: month(index),
      expected_half_hours: 1440,
      present_half_hours: meter === 1 && index === 5 ? 1400 : 1440,
      estimated_half_hours: meter === 0 && index === 7 ? 48 : 0,
      missing_half_hours: meter === 1 && index === 5 ? 40 : 0,
      repeated_hour_half_hours: 0,
      period_half_hours: 0
    }))
  ),
  years: wholeYears.map(reporting_year => ({
    boundary: "own operations" as const,
    basis: "location" as const,
    reporting_year,
    scope_1_and_2_t_co2e: totalOf(reporting_year),
    scope_1_t_co2e: totalOf(reporting_year) * 0.7,
    scope_2_t_co2e: totalOf(reporting_year) * 0.3,
    scope_3_t_co2e: 2000,
    base_year: 2018,
    base_year_t_co2e: totalOf(2018),
    change_since_base_share: totalOf(reporting_year) / totalOf(2018) - 1,
    at_factors_before_t_co2e: null,
    factor_effect_t_co2e: null,
    factor_breaks: null,
    months: 12,
    factor_sets: String(reporting_year),
    is_provisional: false,
    expected_t_co2e: totalOf(reporting_year),
    held_t_co2e: totalOf(reporting_year),
    missing_t_co2e: 0,
    held_share: 1,
    sources_at_zero: null,
    has_ended: true,
    is_whole_year: true,
    unregistered_meters: 0,
    unregistered_t_co2e: null
  })),
  sourcesComplete: wholeYears.map(reporting_year => ({
    reporting_year,
    emission_source: "fleet",
    expected_t_co2e: 2400,
    held_t_co2e: 2400,
    unknowns: 0,
    is_returned: false,
    is_at_zero: false,
    is_whole: true
  })),
  compared: (["base year", "first whole year"] as const).flatMap(against =>
    wholeYears.slice(1).map(reporting_year => ({
      reporting_year,
      against,
      against_year: 2018,
      is_all: true,
      t_co2e: totalOf(reporting_year),
      before_t_co2e: totalOf(2018),
      before_at_same_factors_t_co2e: totalOf(2018),
      missing_t_co2e: 0,
      direction: "less" as const,
      direction_at_same_factors: "less" as const,
      same_meters_t_co2e: null,
      same_meters_before_t_co2e: null,
      same_meters_before_at_same_factors_t_co2e: null,
      same_meters_direction: null,
      same_meters_direction_at_same_factors: null,
      is_before_returned: false,
      sources_left_out: null,
      first_month: null,
      last_month: null
    }))
  ),
  borough: span(2018, 2023).map(year => ({
    area_code: "E08000007",
    area_name: "Stockport",
    area_group: null,
    year,
    sector: "All sectors",
    statistic: "territorial CO2",
    release: "2005-2023",
    statistic_name: "territorial CO₂",
    boundary: "territorial" as const,
    gases: "CO2" as const,
    published: "2025",
    is_newest_release: true,
    is_all_sectors: true,
    emissions_kt_co2: 1200 - 40 * (year - 2018),
    emissions_kt_co2e: null,
    is_measure_of_target: false,
    why_not_measure_of_target: "It counts land use.",
    source: "invented",
    licence: "OGL v3.0"
  })),
  // Two days of nothing between usual ones, and one that was accepted.
  doubts: [true, false].map((is_left_out, index) => ({
    load_id: 1,
    file_name: "meters.csv",
    meter_key: `${index}`,
    meter_point_id: `${index}`,
    site_name: "Long Meadow School",
    energy: "electricity",
    channel: "import",
    unit: "kWh",
    kind: "zeros",
    outcome: "doubtful",
    is_left_out,
    first_date: new Date("2026-10-03"),
    last_date: new Date("2026-10-04"),
    days: 2,
    half_hours: 96,
    found: 0,
    usual: 120,
    picture_of: "days" as const,
    picture: [110, 120, 0, 0, null, 60],
    is_doubted_in_picture: [false, false, true, true, false, false]
  }))
};
