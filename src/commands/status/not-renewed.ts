import {inert} from "../../effects.ts";
import type {NotRenewed, Told} from "../../warehouse/published.ts";
import {dateText} from "../../wording/dates.ts";
import {folded, label, more} from "../../wording/report.ts";
import type {Item} from "./item.ts";

/** What the last build could not make: each model that failed, why, and the marts that are old or missing because of it. */
export function notRenewedItems(all: readonly NotRenewed[]): Item[] {
  const failed = [...new Set(all.map(({failed_model}) => failed_model))];
  return failed.map(model => itemOf(all.filter(({failed_model}) => failed_model === model)));
}

/** The same as lines of a report. */
export function notRenewedLines(all: readonly NotRenewed[]): string[] {
  const lines = notRenewedItems(all).flatMap(({words, rows}) => [label("Failed", words), ...rows.map(more)]);
  return lines.length === 0 ? [] : folded([...lines, more(tryAgain)]);
}

export const tryAgain = "to try again: canopy build";

function itemOf(all: readonly NotRenewed[]): Item {
  const [reason = ""] = all.map(each => each.reason.split("\n")[0]);
  const dates = [...new Set(all.map(({as_of}) => as_of?.getTime() ?? null))].sort();
  return {words: inert(reason), rows: dates.map(date => sinceText(all, date))};
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
  return lines.length === 0 ? [] : [...lines, more(asOfText(what, notRenewed))];
}

/** The same without the form of a report: a text for each thing that is said. */
export function toldTexts<T>(what: string, told: Told<T>, textsOf: (value: T) => string[]): string[] {
  const {value, notRenewed} = told;
  const texts = value === null ? [] : textsOf(value);
  if (notRenewed === null) return texts;
  return value === null ? [`${what} withheld: ${whyWithheld(notRenewed)}`] : [...texts, asOfText(what, notRenewed)];
}

const asOfText = (what: string, {as_of}: NotRenewed) => `(${what} as of ${dateText(as_of)}, not renewed)`;

/** Why something is withheld: the mart it lacks and the model that failed. */
export function whyWithheld({mart, as_of, failed_model}: NotRenewed): string {
  const what = as_of === null ? "is not there" : `is of an earlier build, ${dateText(as_of)}`;
  return `marts.${mart} ${what}, because ${failed_model} failed`;
}
