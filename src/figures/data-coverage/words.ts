import type {DataCoverage} from "../../models/marts/data_coverage.ts";
import {monthText} from "../../wording/dates.ts";
import {plain, several} from "../../wording/numbers.ts";
import {percent} from "../../wording/shares.ts";
import {printable} from "../../wording/titles.ts";
import type {FigureWords} from "../kit/figure.ts";
import {type Meter, monthsOf} from "./grid.ts";

/** The words of all meters, of which the first `shown` by how much is missing are drawn. */
export function coverageWords(meters: readonly Meter[], shown: number, rows: readonly DataCoverage[]): FigureWords {
  const months = monthsOf(rows);
  const [first, last] = [new Date(months[0] ?? 0), new Date(months.at(-1) ?? 0)];
  const period = months.length > 1 ? `${monthText(first)} to ${monthText(last)}` : monthText(last);
  const isAside = meters.some(({repeated}) => repeated > 0);
  const measure = `${heldWords(meters)}, by meter and month${isAside ? ", not counting the extra hour when the clocks go back" : ""}`;
  return {
    id: ["data-coverage"],
    title: titleOf(meters),
    measure,
    period: shown < meters.length ? `${period}; ${attentionWords(meters)}; ${plain(shown)} shown` : period,
    alt: `Table of how complete readings are, ${period}. ${titleOf(meters)}. ${heldWords(meters)}. ${worstSentence(meters)}${repeatedSentence(meters)}`,
    source: `half-hourly readings to ${monthText(last)}`
  };
}

function titleOf(meters: readonly Meter[]): string {
  const missing = meters.filter(meter => meter.missing > 0).length;
  if (missing > 0) return `${heldShare(meters)} of half-hours read; ${ofMeters(missing, meters.length)} gaps`;
  const estimated = meters.filter(meter => meter.estimated > 0).length;
  return estimated > 0
    ? `No readings missing; ${ofMeters(estimated, meters.length)} estimates`
    : "Every meter is complete";
}

/** `2 of 6 meters have`, `1 of 6 meters has`. */
function ofMeters(some: number, all: number): string {
  return `${plain(some)} of ${several(all, "meter")} ${some === 1 ? "has" : "have"}`;
}

const heldShare = (meters: readonly Meter[]) => percent(total(meters, "present"), total(meters, "expected"));

function heldWords(meters: readonly Meter[]): string {
  const share = heldShare(meters);
  return `${share.replace("<", "Less than ").replace(">", "More than ")} of half-hours read`;
}

/** `5 meters need attention; 117 are complete`: those that miss readings or have estimates, and the others. */
function attentionWords(meters: readonly Meter[]): string {
  const complete = meters.filter(meter => meter.missing === 0 && meter.estimated === 0).length;
  const needing = meters.length - complete;
  const need = `${several(needing, "meter needs", "meters need")} attention`;
  return `${need}; ${plain(complete)} ${complete === 1 ? "is" : "are"} complete`;
}

function worstSentence(meters: readonly Meter[]): string {
  const [worst] = meters;
  const gaps = `Half-hours estimated: ${plain(total(meters, "estimated"))}; missing: ${plain(total(meters, "missing"))}.`;
  if (worst === undefined || worst.missing === 0) return gaps;
  return `${gaps} Most missing: ${printable(worst.site)} ${worst.energy}, ${plain(worst.missing)}.`;
}

function repeatedSentence(meters: readonly Meter[]): string {
  const repeated = total(meters, "repeated");
  return repeated === 0
    ? ""
    : ` The extra hour when the clocks go back is not counted where a file has no place for it: ${plain(repeated)} half-hours.`;
}

type Column = "expected" | "present" | "estimated" | "missing" | "repeated";

function total(meters: readonly Meter[], column: Column): number {
  return meters.reduce((sum, meter) => sum + meter[column], 0);
}
