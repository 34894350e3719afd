import {dateText} from "./dates.ts";
import {listText} from "./lists.ts";
import {amount, several} from "./numbers.ts";
import {sentenceCase} from "./titles.ts";
import {reportingYearText} from "./years.ts";

/** A number of the council's own emissions that is not the same in two editions, t CO₂e; null where one has none. */
export interface MovedNumber {
  readonly reporting_year: number;
  /** Null of the total of scopes 1 and 2. */
  readonly emission_source: string | null;
  readonly before_t_co2e: number | null;
  readonly after_t_co2e: number | null;
  readonly change_t_co2e: number | null;
  readonly was_whole_year: boolean | null;
  readonly is_whole_year: boolean | null;
}

/** What is not the same in what two editions are made from. */
export interface MovedMakings {
  /** Files that are counted now and were not, and the reverse, by feed. */
  readonly inputs: readonly {readonly feed: string; readonly added: number; readonly gone: number}[];
  /** Registers, settings and reference tables that are other than they were. */
  readonly settings: readonly string[];
  readonly factor_sets: readonly number[];
  /** Marts that are worked out in another way. */
  readonly models: readonly string[];
  readonly is_other_canopy: boolean;
}

/** What changed since an edition. */
export interface Changes {
  readonly name: string;
  readonly status: "draft" | "final";
  /** The last day that it speaks of, ISO. */
  readonly as_of: string;
  readonly numbers: readonly MovedNumber[];
  readonly makings: MovedMakings;
}

/** `edition summit-2026 (draft, to 31 Oct 2026)`. */
export const sinceText = ({name, status, as_of}: Pick<Changes, "name" | "status" | "as_of">): string =>
  `edition ${name} (${status}, to ${dateText(new Date(as_of))})`;

const tonnes = (value: number) => `${amount(value)} t CO₂e`;

/**
 * How the total of a year is not what the edition said: told as a rise or a fall only where both are of whole years, since what grew of a year that is not
 * whole is what is known of it.
 */
export function movedText(moved: MovedNumber): string {
  const {
    before_t_co2e: before,
    after_t_co2e: after,
    change_t_co2e: change,
    was_whole_year: was,
    is_whole_year: is
  } = moved;
  const year = reportingYearText(moved.reporting_year);
  const said = before === null ? null : `${was === true ? "" : "at least "}${tonnes(before)}`;
  if (after === null) return `${year} has no total any more; it said ${said ?? "nothing"}`;
  const now = `${is === true ? "" : "at least "}${tonnes(after)}`;
  if (said === null) return `${year} was not told; now it is ${now}`;
  if (is === true && was !== true) return `${year} is complete now: ${now}; it said ${said}`;
  if (is !== true && was === true) return `${year} is not complete any more: ${now}; it said ${said}`;
  if (is !== true || before === null || change === null) return `${year}: ${now}; it said ${said}`;
  return `${year}: ${now}, ${tonnes(Math.abs(change))} ${change > 0 ? "more" : "less"} than it said (${amount(before)} t)`;
}

/** The totals that moved, the newest year first. */
export const movedTotals = ({numbers}: Pick<Changes, "numbers">): MovedNumber[] =>
  numbers.filter(({emission_source}) => emission_source === null).sort((a, b) => b.reporting_year - a.reporting_year);

/** What changed in what the numbers are made from, an entry a kind; a number may have moved by any of them. */
export function makingTexts({inputs, settings, factor_sets, models, is_other_canopy}: MovedMakings): string[] {
  const added = inputs.filter(each => each.added > 0).map(each => `${several(each.added, "file")} of ${each.feed}`);
  const gone = inputs.filter(each => each.gone > 0).map(each => `${several(each.gone, "file")} of ${each.feed}`);
  return [
    ...(added.length === 0 ? [] : [`files that came: ${listText(added)}`]),
    ...(gone.length === 0 ? [] : [`files that are no longer counted: ${listText(gone)}`]),
    ...(settings.length === 0 ? [] : [`registers, settings or tables that changed: ${listText(settings)}`]),
    ...(factor_sets.length === 0 ? [] : [`factor sets that are new: ${listText(factor_sets.map(String))}`]),
    ...(models.length === 0 ? [] : [`${several(models.length, "table is", "tables are")} worked out in another way`]),
    ...(is_other_canopy ? ["another version of canopy made it"] : [])
  ];
}

/** The same in few words, with the numbers in each. */
export function makingCounts({inputs, settings, factor_sets, models, is_other_canopy}: MovedMakings) {
  const sum = (of: "added" | "gone") => inputs.reduce((all, each) => all + each[of], 0);
  const [added, gone] = [sum("added"), sum("gone")];
  const counts = [
    {count: added, text: `${several(added, "file")} came`},
    {count: gone, text: `${several(gone, "file is", "files are")} no longer counted`},
    {
      count: settings.length,
      text: `${several(settings.length, "register or setting", "registers or settings")} changed`
    },
    {count: models.length, text: `${several(models.length, "table is", "tables are")} worked out in another way`}
  ].flatMap(({count, text}) => (count === 0 ? [] : [{text, numbers: [count]}]));
  const sets = {text: `new factor sets: ${listText(factor_sets.map(String))}`, numbers: factor_sets};
  return [
    ...counts,
    ...(factor_sets.length === 0 ? [] : [sets]),
    ...(is_other_canopy ? [{text: "another version of canopy made it", numbers: []}] : [])
  ];
}

/** Everything that is said of what changed since an edition, a sentence each. */
export function changesTexts(changes: Changes): {readonly numbers: string[]; readonly makings: string[]} {
  const totals = movedTotals(changes);
  const sentence = (text: string) => `${sentenceCase(text)}.`;
  return {
    numbers:
      totals.length === 0 ? [`No year’s total is other than it said.`] : totals.map(each => sentence(movedText(each))),
    makings: makingTexts(changes.makings).map(sentence)
  };
}
