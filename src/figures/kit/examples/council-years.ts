import type {Comparison} from "../../../models/marts/comparisons.ts";
import type {EmissionsBySource} from "../../../models/marts/emissions_by_source.ts";
import type {Years} from "../finding.ts";

/** One source of one reporting year. */
type SourceYear = Omit<EmissionsBySource, "boundary" | "basis" | "has_ended">;

/** One source of one whole year, scope 1 unless said. */
export function source(
  reporting_year: number,
  emission_source: string,
  emissions_t_co2e: number,
  row: Partial<SourceYear> = {}
): SourceYear {
  const given = {reporting_year, emission_source, emissions_t_co2e};
  return {scope: "1", is_provisional: false, is_whole_year: true, ...given, ...row};
}

/** Eight years of a council without 2019/20, in which gas and electricity fall; the last two years on provisional factors. */
export function councilYears(): SourceYear[] {
  const sources: readonly (readonly [string, SourceYear["scope"], number, number])[] = [
    ["building electricity", "2", 3100, 0.88],
    ["street lighting", "2", 1450, 0.78],
    ["building gas", "1", 3420, 0.965],
    ["fleet", "1", 1160, 0.97],
    ["other", "1", 240, 1.01]
  ];
  return [2018, 2020, 2021, 2022, 2023, 2024, 2025].flatMap(year =>
    sources.map(([name, scope, start, keep]) => {
      const quiet = year === 2020 ? 0.86 : 1;
      return source(year, name, start * keep ** (year - 2018) * quiet, {scope, is_provisional: year >= 2024});
    })
  );
}

/** Two whole years of which nothing is missing, set against each other; without the change of factors the earlier came to `same`. */
export function wholeYears(
  against_year: number,
  before: number,
  reporting_year: number,
  after: number,
  same = before
): Years {
  const directionFrom = (t: number): Comparison["direction"] => (after === t ? null : after < t ? "less" : "more");
  const compared: Comparison = {
    reporting_year,
    against: "first whole year",
    against_year,
    is_all: true,
    t_co2e: after,
    before_t_co2e: before,
    before_at_same_factors_t_co2e: same,
    missing_t_co2e: 0,
    direction: directionFrom(before),
    direction_at_same_factors: directionFrom(same),
    same_meters_t_co2e: null,
    same_meters_before_t_co2e: null,
    same_meters_before_at_same_factors_t_co2e: null,
    same_meters_direction: null,
    same_meters_direction_at_same_factors: null,
    is_before_returned: false,
    sources_left_out: null,
    first_month: null,
    last_month: null
  };
  return {compared: [compared], incomplete: []};
}

/** The same of rows of years that are all whole: the first of them against the last. */
export function wholeYearsOf(
  rows: readonly Pick<SourceYear, "reporting_year" | "scope" | "emissions_t_co2e">[]
): Years {
  const held = rows.filter(({scope}) => scope !== "3");
  const years = held.map(({reporting_year}) => reporting_year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const total = (year: number) =>
    held.reduce((sum, row) => sum + (row.reporting_year === year ? row.emissions_t_co2e : 0), 0);
  return first === last ? {compared: [], incomplete: []} : wholeYears(first, total(first), last, total(last));
}
