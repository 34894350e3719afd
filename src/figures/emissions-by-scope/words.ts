import {amount} from "../../wording/numbers.ts";
import {reportingYearEnd, reportingYears, reportingYearText} from "../../wording/years.ts";
import type {FigureWords} from "../kit/figure.ts";
import {type Years, yearsFinding} from "../kit/finding.ts";
import type {Series} from "../kit/series.ts";
import {yearSentences} from "../kit/year-words.ts";
import type {Line, Point} from "./draw.ts";

/** The words of emissions by scope: the change of scopes 1 and 2 together. Scope 3 is given separately. */
export function scopeWords(
  series: Series,
  points: readonly Point[],
  provisional: ReadonlySet<number>,
  years: Years
): FigureWords {
  const [first, last] = [series.held[0] as number, series.held.at(-1) as number];
  const period = reportingYears(first, last);
  const part = new Set(points.filter(({isWhole}) => !isWhole).map(({year}) => year));
  const title = titleOf(
    points.filter(point => point.line === "scopes 1 and 2"),
    years
  );
  return {
    id: ["emissions-by-scope"],
    title,
    measure: "Emissions in t CO₂e by scope (grid average)",
    period,
    alt: [
      `Line chart of emissions by scope, ${period}. ${title}.`,
      ...lineSentences(points),
      ...yearSentences(series, provisional, part)
    ].join(" "),
    source: `inventory, grid-average factors, to ${reportingYearEnd(last)}`
  };
}

function titleOf(totals: readonly Point[], years: Years): string {
  if (totals.length === 0 && years.incomplete.length === 0) return "No year has both scope 1 and scope 2";
  const last = totals.filter(({isWhole}) => isWhole).at(-1);
  return yearsFinding("Scopes 1 and 2", years, last && {year: last.year, t: last.value});
}

const sentences: readonly (readonly [Line, string])[] = [
  ["scopes 1 and 2", "Scopes 1 and 2"],
  ["scope 1", "Scope 1"],
  ["scope 2", "Scope 2"],
  ["scope 3", "Scope 3, not in the total (upstream of energy and fuel, water)"]
];

function lineSentences(points: readonly Point[]): string[] {
  return sentences.flatMap(([line, name]) => {
    const own = points.filter(point => point.line === line);
    const ends = [...new Set([own.at(0), own.at(-1)])].flatMap(point => (point ? [pointWords(point)] : []));
    return ends.length > 0 ? [`${name}: ${ends.join(", ")}.`] : [];
  });
}

function pointWords({value, year, isWhole}: Point): string {
  return `${isWhole ? "" : "at least "}${amount(value)} t CO₂e in ${reportingYearText(year)}`;
}
