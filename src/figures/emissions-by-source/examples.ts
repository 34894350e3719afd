import type {Example} from "../kit/define-figure.ts";
import {councilYears, source, wholeYearsOf} from "../kit/examples/council-years.ts";
import type {YearRows} from "../kit/finding.ts";
import type {SourceYear} from "./draw.ts";

/** The same council, whose gas supplier's files of the last winter are missing. */
const incomplete = councilYears().map(row => {
  if (row.reporting_year !== 2025) return row;
  const share = row.emission_source === "building gas" ? 0.3 : 1;
  return source(row.reporting_year, row.emission_source, row.emissions_t_co2e * share, {
    scope: row.scope,
    is_whole_year: false
  });
});

export const examples: readonly Example<SourceYear, YearRows>[] = [
  {name: "emissions-by-source", rows: councilYears(), more: wholeYearsOf(councilYears())},
  {
    name: "emissions-by-source-incomplete",
    rows: incomplete,
    more: {
      compared: wholeYearsOf(councilYears().filter(({reporting_year}) => reporting_year < 2025)).compared,
      incomplete: [
        {reporting_year: 2025, at_least_t_co2e: 3516, missing_source: "building gas", is_source_at_zero: false}
      ]
    },
    looks: [
      ["light", 880],
      ["dark", 360]
    ]
  }
];
