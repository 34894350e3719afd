import type {Trajectory} from "../../models/marts/trajectories.ts";
import type {Example} from "../kit/define-figure.ts";
import {boroughRows} from "../kit/examples/borough-rows.ts";
import {noYears, type YearRows} from "../kit/finding.ts";

/** Rows of one target, as the mart gives them: years from the first actual one to the target year, once a pathway. */

type Actual = Partial<Trajectory> & {readonly year: number; readonly actual_t: number};

const own: Omit<Trajectory, "pathway" | "year" | "required_t" | "gap_t"> = {
  target_id: "own-operations",
  boundary: "own operations",
  target_name: "net zero by 2030",
  series: "scopes 1, 2, location-based",
  gases: "CO2e",
  base_year: 2018,
  target_year: 2030,
  residual_share: 0.05,
  actual_t: null,
  at_least_t: null,
  is_surely_above: false,
  constant_factor_t: null,
  constant_factor_set: null,
  is_provisional: false,
  factor_breaks: null,
  is_confirmed: false,
  unconfirmed: "scopes, base year, deciding period, residual share (to be confirmed by: climate team)",
  why_not_measure_of_target: null
};

/** Both pathways of a target, from the first of these years, or the base year, to the target year; the base is that of the base year. */
export function rowsOf(actual: readonly Actual[], target: Partial<Trajectory> = {}): Trajectory[] {
  const all = {...own, ...target};
  const base = actual.find(({year}) => year === all.base_year)?.actual_t ?? actual[0]?.actual_t ?? 1000;
  const first = Math.min(all.base_year, ...actual.map(({year}) => year));
  const years = Array.from({length: all.target_year - first + 1}, (_, i) => first + i);
  return (["constant percentage", "linear"] as const).flatMap(pathway =>
    years.map(year => {
      const row = {...all, pathway, year, ...actual.find(given => given.year === year)};
      const required_t = year < all.base_year ? null : base * shareOf(row);
      const gap_t = row.actual_t === null || required_t === null ? null : row.actual_t - required_t;
      return {...row, required_t, gap_t};
    })
  );
}

function shareOf({
  pathway,
  year,
  base_year,
  target_year,
  residual_share
}: Omit<Trajectory, "required_t" | "gap_t">): number {
  const part = (year - base_year) / (target_year - base_year);
  return pathway === "linear" ? 1 - (1 - residual_share) * part : residual_share ** part;
}

/** Actual tonnes from this year on; a year of `undefined` is not held. */
export function actuals(first: number, ...tonnes: readonly (number | undefined)[]): Actual[] {
  return tonnes.flatMap((actual_t, i) => (actual_t === undefined ? [] : [{year: first + i, actual_t}]));
}

/** Eight years of a council without 2019/20, the last two on provisional factors and the last on one that broke with the year before. */
export function ownTrajectory(target: Partial<Trajectory> = {}): Trajectory[] {
  const constant = [8210, undefined, 6890, 7420, 7210, 7050, 6980, 6720, 6480];
  const years = actuals(2018, 9370, undefined, 7280, 7760, 7350, 7540, 7180, 6890, 6480);
  const known = years.map(row => ({
    ...row,
    constant_factor_t: constant[row.year - 2018] ?? null,
    constant_factor_set: 2026,
    is_provisional: row.year >= 2025,
    factor_breaks: row.year === 2026 ? "electricity generation -26% in the 2026 set" : null
  }));
  return rowsOf(known, target);
}

/** The published carbon dioxide of the borough on its way to 2038. */
export function boroughTrajectory(target: Partial<Trajectory> = {}): Trajectory[] {
  const published = boroughRows("Stockport", "co2_territorial", "2005-2023").filter(row => row.is_all_sectors);
  return rowsOf(
    published.map(({year, emissions_kt_co2}) => ({year, actual_t: 1000 * (emissions_kt_co2 ?? 0)})),
    {
      target_id: "borough",
      boundary: "area-wide",
      target_name: "carbon neutral by 2038",
      series: "territorial CO₂, release 2005-2023",
      gases: "CO2",
      target_year: 2038,
      unconfirmed: "base year, residual share (to be confirmed by: climate team)",
      why_not_measure_of_target: published[0]?.why_not_measure_of_target ?? "",
      ...target
    }
  );
}

/** The same council, of whose last year a winter of gas is missing. */
const incomplete = ownTrajectory().map(row =>
  row.year === 2026
    ? {...row, actual_t: null, at_least_t: 4100, constant_factor_t: null, gap_t: null, factor_breaks: null}
    : row
);

export const examples: readonly Example<Trajectory, YearRows>[] = [
  {name: "trajectory-own-operations", rows: ownTrajectory(), more: noYears},
  {
    name: "trajectory-incomplete",
    rows: incomplete,
    more: {
      compared: [],
      incomplete: [
        {reporting_year: 2026, at_least_t_co2e: 4100, missing_source: "building gas", is_source_at_zero: false}
      ]
    },
    looks: [
      ["light", 880],
      ["dark", 360]
    ]
  },
  {name: "trajectory-borough", rows: boroughTrajectory(), more: noYears, options: {area: "Stockport"}}
];
