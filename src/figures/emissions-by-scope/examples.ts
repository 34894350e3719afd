import type {Example} from "../kit/define-figure.ts";
import {councilYears, source, wholeYearsOf} from "../kit/examples/council-years.ts";
import type {YearRows} from "../kit/finding.ts";
import type {ScopeYear} from "./draw.ts";

/** Eight years of a council without 2019/20, with scope 3 beside it, from 2021/22. */
export function councilScopes(): ScopeYear[] {
  const third = [2021, 2022, 2023, 2024, 2025].map((year, i) =>
    source(year, "upstream of energy", 1180 - 45 * i, {scope: "3", is_provisional: year >= 2024})
  );
  return [...councilYears(), ...third].map(({emission_source: _, ...row}) => row);
}

export const examples: readonly Example<ScopeYear, YearRows>[] = [
  {name: "emissions-by-scope", rows: councilScopes(), more: wholeYearsOf(councilScopes())}
];
