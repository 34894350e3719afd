import {inert} from "../../effects.ts";
import type {NotRenewed, Told} from "../../warehouse/published.ts";
import {dateText} from "../../wording/dates.ts";
import {folded, label, more} from "../../wording/report.ts";

/** What the last build could not make: each model that failed, why, and the marts that are old or missing because of it. */
export function notRenewedLines(all: readonly NotRenewed[]): string[] {
  const failed = [...new Set(all.map(({failed_model}) => failed_model))];
  const lines = failed.flatMap(model => failureLines(all.filter(({failed_model}) => failed_model === model)));
  return lines.length === 0 ? [] : folded([...lines, more("to try again: canopy build")]);
}

function failureLines(all: readonly NotRenewed[]): string[] {
  const [reason = ""] = all.map(each => each.reason.split("\n")[0]);
  const dates = [...new Set(all.map(({as_of}) => as_of?.getTime() ?? null))].sort();
  return [label("Failed", inert(reason)), ...dates.map(date => more(sinceText(all, date)))];
}

function sinceText(all: readonly NotRenewed[], date: number | null): string {
  const names = all.filter(({as_of}) => (as_of?.getTime() ?? null) === date).map(({mart}) => mart);
  const what = date === null ? "withheld, no earlier rows fit" : `not renewed since ${dateText(new Date(date))}`;
  return `${what}: ${names.join(", ")}`;
}

/** A part of a report: with its date where it is of an earlier build, and only why where it is withheld. */
export function toldLines<T>(what: string, told: Told<T>, linesOf: (value: T) => string[]): string[] {
  const {value, notRenewed} = told;
  const lines = value === null ? [] : linesOf(value);
  if (notRenewed === null) return lines;
  if (value === null) return folded([label("Withheld", `${what}: ${whyWithheld(notRenewed)}`)]);
  return lines.length === 0 ? [] : [...lines, more(`(${what} as of ${dateText(notRenewed.as_of)}, not renewed)`)];
}

/** Why something is withheld: the mart it lacks and the model that failed. */
export function whyWithheld({mart, as_of, failed_model}: NotRenewed): string {
  const what = as_of === null ? "is not there" : `is of an earlier build, ${dateText(as_of)}`;
  return `marts.${mart} ${what}, because ${failed_model} failed`;
}
