import {dateText, longDateText} from "../../wording/dates.ts";
import {firstOf, listText} from "../../wording/lists.ts";
import {amount, several, tonnesText} from "../../wording/numbers.ts";
import {percent} from "../../wording/shares.ts";
import {printable} from "../../wording/titles.ts";
import {reportingYearText} from "../../wording/years.ts";
import type {Rollup} from "./rollup.ts";
import type {RollupRow} from "./tables.ts";

/**
 * What is said of all councils together. A year is a total only where every council of the programme is complete in it: else it is "at least", and who is
 * missing is named. Nothing is compared from year to year, since the councils that are complete differ.
 */

/** How many names a sentence has before the rest are counted. */
const mostNames = 10;

/** Letters of scripts that run from right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A name within a sentence: one that runs from right to left is set apart, so that the words around it stay where they are. */
const within = (name: string) => {
  const clean = printable(name, 60);
  return rightToLeft.test(clean) ? `\u2068${clean}\u2069` : clean;
};

const namesOf = (names: readonly string[]): string => {
  const clean = names.map(within);
  return clean.length > mostNames ? firstOf(clean, mostNames) : listText(clean);
};

type Year = RollupRow<"years">;
type CouncilYear = RollupRow<"council_years">;

/** The newest year that is over and of which a council has a figure; undefined where there is none. */
export const newestOver = ({years}: Pick<Rollup, "years">): Year | undefined =>
  years.findLast(({has_ended, together_t_co2e}) => has_ended && together_t_co2e !== null);

/** `45 t`, or of a year that is no total `at least 33 t`; a dash where no council has a figure. */
export const togetherText = ({together_t_co2e: t, is_total}: Year): string =>
  t === null ? "–" : `${is_total ? "" : "at least "}${tonnesText(t)}`;

/** The first sentence: what they come to in the newest year that is over. */
export function verdictOf(rollup: Rollup): string {
  const year = newestOver(rollup);
  if (year === undefined) return "No council has a figure yet for a year that is over.";
  const {councils, councils_without, whole_councils, is_total, together_t_co2e} = year;
  const [when, t] = [reportingYearText(year.reporting_year), `${amount(together_t_co2e ?? 0)} t CO₂e`];
  if (councils === 1)
    return is_total
      ? `The one council here emitted ${t} in ${when}, scopes 1 and 2.`
      : `The one council here emitted at least ${t} in ${when}, scopes 1 and 2: the year is not complete.`;
  if (is_total) return `All ${several(councils, "council")} together emitted ${t} in ${when}, scopes 1 and 2.`;
  const held = councils - councils_without;
  const who = held === councils ? several(councils, "council") : `${held} of ${several(councils, "council")}`;
  const complete = whole_councils === 0 ? "none of them" : `${whole_councils} of ${several(councils, "council")}`;
  return `Together ${who} emitted at least ${t} in ${when}, scopes 1 and 2. This is not a total: the year is complete for ${complete}.`;
}

/** What a reader has to know of that number: who is in it, who is not, and how sure it is. */
export function standingOf(rollup: Rollup): string[] {
  const year = newestOver(rollup);
  return [...(year === undefined ? [] : yearSentences(rollup, year)), ...editionSentences(rollup)];
}

function yearSentences({council_years, councils, years}: Rollup, year: Year): string[] {
  const when = reportingYearText(year.reporting_year);
  const own = council_years.filter(({reporting_year}) => reporting_year === year.reporting_year);
  const has = new Set(own.map(({council}) => council));
  const part = own.filter(({is_whole_year}) => !is_whole_year);
  const without = councils.filter(({council}) => !has.has(council));
  const later = years.filter(({reporting_year, has_ended}) => has_ended && reporting_year > year.reporting_year);
  return [
    ...(year.whole_t_co2e === null
      ? [`No council is complete for ${when}.`]
      : [`${are(year.whole_councils)} complete for ${when}: ${tonnesText(year.whole_t_co2e)}.`]),
    ...(year.part_at_least_t_co2e === null
      ? []
      : [
          `${are(part.length)} not complete: at least ${tonnesText(year.part_at_least_t_co2e)}${year.whole_councils > 0 ? " more" : ""} (${namesOf(part.map(nameOf))}).`
        ]),
    ...(without.length === 0
      ? []
      : [
          `${have(without.length)} no figure for ${when}, and none is put in its place: ${namesOf(without.map(nameOf))}.`
        ]),
    ...later.map(({reporting_year}) => `No council has a figure for ${reportingYearText(reporting_year)} yet.`),
    ...heldSentence(year, when),
    ...(year.is_provisional ? [`Some of the factors used for ${when} are provisional.`] : [])
  ];
}

function heldSentence({held_share, is_total}: Year, when: string): string[] {
  if (held_share !== null) return [`Of what all councils expect for ${when}, ${percent(held_share, 1, 1)} is held.`];
  return is_total ? [] : [`How much of ${when} is missing cannot be said: not every council knows what to expect.`];
}

function editionSentences({councils, without, unreadable}: Rollup): string[] {
  const drafts = councils.filter(({status}) => status === "draft").length;
  const other = councils.filter(({is_other_schema}) => is_other_schema);
  const gone = councils.filter(({folder}) => folder === null);
  const illustrative = illustrativeText(councils);
  return [
    ...(illustrative === null ? [] : [`${illustrative}.`]),
    ...(without.length === 0
      ? []
      : [
          `${have(without.length)} no edition that can be read, and ${without.length === 1 ? "is" : "are"} in no number here: ${namesOf(without.map(({name}) => name))}.`
        ]),
    ...(unreadable.length === 0
      ? []
      : [
          `${several(unreadable.length, "edition")} of the lake cannot be read, or ${unreadable.length === 1 ? "is" : "are"} not as written, and ${unreadable.length === 1 ? "is" : "are"} in no number here: ${namesOf(unreadable)}.`
        ]),
    ...(other.length === 0
      ? []
      : [
          `${several(other.length, "council")} ${other.length === 1 ? "has" : "have"} tables of another version of canopy: what they lack is missing here, never zero (${namesOf(other.map(nameOf))}).`
        ]),
    ...(gone.length === 0
      ? []
      : [
          `${are(gone.length)} in the lake and no longer in the programme, and counted all the same: ${namesOf(gone.map(nameOf))}.`
        ]),
    draftText(drafts, councils.length)
  ];
}

function draftText(drafts: number, all: number): string {
  if (drafts === 0) return all === 1 ? "The edition is final." : "Every edition is final.";
  if (drafts === all)
    return all === 1
      ? "The edition is not final: its numbers can still change."
      : "No edition is final: numbers can still change.";
  return `${drafts} of ${several(all, "edition")} ${drafts === 1 ? "is" : "are"} not final: numbers can still change.`;
}

const nameOf = ({council_name}: Pick<CouncilYear, "council_name">) => council_name;
const are = (count: number) => `${several(count, "council")} ${count === 1 ? "is" : "are"}`;
const have = (count: number) => `${several(count, "council")} ${count === 1 ? "has" : "have"}`;

/** That councils are made up, and what is made of them is too; null where none is. */
export function illustrativeText(councils: Rollup["councils"]): string | null {
  const made = councils.filter(({is_illustrative}) => is_illustrative).map(nameOf);
  if (made.length === 0) return null;
  if (made.length === councils.length)
    return made.length === 1
      ? "The council is illustrative: every reading is invented"
      : "Every council is illustrative: every reading is invented";
  return `${made.length} of ${several(councils.length, "council")} ${made.length === 1 ? "is" : "are"} illustrative, with invented readings, and every sum here that counts ${made.length === 1 ? "it" : "them"} is partly invented: ${namesOf(made)}`;
}

/** The days that the editions speak up to: `31 Oct 2026`, or `31 Jan 2026 to 31 Oct 2026`. */
export function asAtText({councils}: Pick<Rollup, "councils">, text: (day: Date) => string = dateText): string {
  const days = councils.map(({as_of}) => as_of).sort();
  return [...new Set([days[0], days.at(-1)])].map(day => text(new Date(day ?? 0))).join(" to ");
}

/** The same in full. */
export const longAsAtText = (rollup: Pick<Rollup, "councils">) => asAtText(rollup, longDateText);
