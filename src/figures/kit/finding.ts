import type {Comparison} from "../../models/marts/comparisons.ts";
import {amount} from "../../wording/numbers.ts";
import {changeText} from "../../wording/shares.ts";
import {headline, type Wording} from "../../wording/titles.ts";
import {reportingYearText} from "../../wording/years.ts";

/** The newest year that is over, where it is not whole: a row of `incomplete_year.sql`. */
export interface IncompleteYear {
  readonly reporting_year: number;
  readonly at_least_t_co2e: number;
  /** The source of which the most is missing. */
  readonly missing_source: string | null;
  readonly is_source_at_zero: boolean;
}

/** What a figure of years reads besides its rows, to say no more than is held: rows of two views of this folder, each one row or none. */
export interface Years {
  readonly compared: readonly Comparison[];
  readonly incomplete: readonly IncompleteYear[];
}

/** The rows of those views, by the names of the queries. */
export type YearRows = {readonly compared: Comparison; readonly incomplete: IncompleteYear};

/** Where nothing is known of how complete years are: nothing is claimed. */
export const noYears: Years = {compared: [], incomplete: []};

/** `2025/26 lacks some building gas: at least 5,884 t`: what is said while the newest year that is over is not whole. */
export function incompleteFinding({
  reporting_year,
  at_least_t_co2e,
  missing_source,
  is_source_at_zero
}: IncompleteYear): string {
  const [year, least] = [reportingYearText(reporting_year), `at least ${amount(at_least_t_co2e)} t`];
  const plain = `${year} is not complete: ${least}`;
  if (missing_source === null) return plain;
  const some = is_source_at_zero ? "" : "some ";
  return headline(missing_source, [name => `${year} lacks ${some}${name}: ${least}`, () => plain]);
}

/**
 * How whole years have changed, as a sentence begun by its subject. A direction is claimed only where the change is larger than what is missing, and the
 * meters that both years have changed in the same direction.
 */
export function changeFinding(subject: string, comparison: Comparison): string | undefined {
  const {t_co2e, before_t_co2e, against_year, direction, direction_at_same_factors} = comparison;
  if (!isSoOfSameMeters(comparison)) return undefined;
  const change = changeText(before_t_co2e ?? 0, t_co2e ?? 0);
  if (change === undefined) return undefined;
  const since = `since ${reportingYearText(against_year)}`;
  if (change === "barely changed") return `${subject} have ${change} ${since}`;
  if (direction === null) return `${subject} show no clear change ${since}`;
  return `${subject} have ${change} ${since}${direction === direction_at_same_factors ? "" : " through new factors alone"}`;
}

/** Whether the meters that both years have say the same as all do; so where they are the same ones. */
const isSoOfSameMeters = (comparison: Comparison) =>
  comparison.same_meters_t_co2e === null ||
  (comparison.same_meters_direction === comparison.direction &&
    comparison.same_meters_direction_at_same_factors === comparison.direction_at_same_factors);

/** The finding of a figure of years: what is missing, else the change, else the only number there is. */
export function yearsFinding(
  subject: string,
  {compared, incomplete}: Years,
  last: {readonly year: number; readonly t: number} | undefined
): string {
  const [comparison, missing] = [compared[0], incomplete[0]];
  if (missing !== undefined && (last === undefined || missing.reporting_year > last.year))
    return incompleteFinding(missing);
  if (last === undefined) return "No complete year yet";
  const change = comparison === undefined ? undefined : changeFinding(subject, comparison);
  return change ?? `${subject} were ${amount(last.t)} t in ${reportingYearText(last.year)}`;
}

/** Adds to a finding the largest source, where there is room. */
export function withLargest(finding: string, largest: string | undefined): string {
  if (largest === undefined) return finding;
  const wordings: [Wording, ...Wording[]] = [
    name => `${finding}; ${name} is the largest source`,
    name => `${finding}; largest source: ${name}`,
    () => finding
  ];
  return headline(largest, wordings);
}
