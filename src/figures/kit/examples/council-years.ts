import type {EmissionsBySource} from "../../../models/marts/emissions_by_source.ts";

/** One source of one reporting year. */
type SourceYear = Omit<EmissionsBySource, "boundary" | "basis">;

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
