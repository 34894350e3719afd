import {reportingYearEnd, reportingYears, reportingYearWords} from "../../wording/reporting-year.ts";
import {amount, changeWords} from "../../wording/words.ts";
import type {FigureWords} from "../kit/figure.ts";
import type {Series} from "../kit/series.ts";
import {yearSentences} from "../kit/year-words.ts";
import type {Line, Point} from "./draw.ts";

/** The words of emissions by scope: how far scopes 1 and 2 have come together. Scope 3 is told beside them. */
export function scopeWords(series: Series, points: readonly Point[], provisional: ReadonlySet<number>): FigureWords {
  const [first, last] = [series.held[0] as number, series.held.at(-1) as number];
  const period = reportingYears(first, last);
  const title = titleOf(points.filter(point => point.line === "scopes 1 and 2"));
  return {
    id: ["emissions-by-scope"],
    title,
    measure: "Emissions in t CO₂e by scope, location-based",
    period,
    alt: [
      `Line chart of emissions by scope, ${period}. ${title}.`,
      ...lineSentences(points),
      ...yearSentences(series, provisional)
    ].join(" "),
    source: `inventory at location-based factors, to ${reportingYearEnd(last)}`
  };
}

function titleOf(totals: readonly Point[]): string {
  const [first, last] = [totals[0], totals.at(-1)];
  if (first === undefined || last === undefined) return "No year holds both scope 1 and scope 2";
  const change = first.year === last.year ? undefined : changeWords(first.value, last.value);
  return change
    ? `Scopes 1 and 2 ${change} since ${reportingYearWords(first.year)}`
    : `Scopes 1 and 2 were ${amount(last.value)} t in ${reportingYearWords(last.year)}`;
}

const sentences: readonly (readonly [Line, string])[] = [
  ["scopes 1 and 2", "Scopes 1 and 2"],
  ["scope 1", "Scope 1"],
  ["scope 2", "Scope 2"],
  ["scope 3", "Beside these and not in them, scope 3 (upstream of energy and fuel, water)"]
];

function lineSentences(points: readonly Point[]): string[] {
  return sentences.flatMap(([line, name]) => {
    const own = points.filter(point => point.line === line);
    const ends = [...new Set([own.at(0), own.at(-1)])].flatMap(point => (point ? [pointWords(point)] : []));
    return ends.length > 0 ? [`${name}: ${ends.join(", ")}.`] : [];
  });
}

function pointWords({value, year}: Point): string {
  return `${amount(value)} t CO₂e in ${reportingYearWords(year)}`;
}
