import type {CountedYear, Headline} from "../../publish/headline.ts";
import type {Standpoint} from "../../publish/standpoints.ts";
import {named} from "./draft.ts";
import {type Shown, type Source, sourceOf} from "./ledger.ts";

export const yearSource = (row: object): Source => sourceOf("marts.reporting_years", ["reporting_year"], row);
export const bySource = (row: object): Source =>
  sourceOf("marts.emissions_by_source, scopes 1 and 2 added up", ["reporting_year", "emission_source"], row);
export const moveSource = (row: object): Source =>
  sourceOf("marts.emissions_by_source, two years set against each other", ["reporting_year", "emission_source"], row);
export const pointSource = (row: object): Source =>
  sourceOf("marts.trajectories, marts.carbon_budgets (linear)", ["target_id", "year"], row);
export const comparisonSource = (row: object): Source =>
  sourceOf("marts.comparisons", ["reporting_year", "against"], row);
export const yearMoveSource = (row: object): Source =>
  sourceOf("marts.comparisons, differences", ["reporting_year", "against_year"], row);
export const savingSource = (row: object): Source => sourceOf("marts.savings", ["measure_id", "energy"], row);
export const missingSource = (row: object): Source =>
  sourceOf("marts.missing_by_source", ["reporting_year", "emission_source", "activity"], row);

/** `scopes 1 and 2` is what is added up, not a number. */
export const scopeWords: readonly Shown[] = [
  "scopes 1 and 2",
  "Scopes 1 and 2",
  "Scope 1",
  "Scope 2",
  "Scope 3",
  "scope 3"
].map(text => named(text, "", "scope"));

export const count = (text: string, value: number, mart: string, key: string): Shown => ({
  text,
  value,
  unit: "rows",
  mart,
  key,
  column: "count"
});

/** The year that is spoken of: the last whole one, else the newest that is over. */
export const lastYearOf = (headline: Headline | null): CountedYear | null =>
  headline?.whole ?? headline?.incomplete ?? null;

export const ownPoint = (points: readonly Standpoint[] = []) =>
  points.find(({boundary}) => boundary === "own operations");
