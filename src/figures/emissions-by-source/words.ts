import {amount} from "../../wording/numbers.ts";
import {changeText} from "../../wording/shares.ts";
import {headline, type Wording} from "../../wording/titles.ts";
import {reportingYearEnd, reportingYears, reportingYearText} from "../../wording/years.ts";
import type {FigureWords} from "../kit/figure.ts";
import type {Series} from "../kit/series.ts";
import {yearSentences} from "../kit/year-words.ts";

/** The name of the band that holds what is left after the largest sources. */
export const otherSources = "other";

/** The words of emissions by source: the change since the first year, and which source is the largest of the last. */
export function sourceWords(series: Series, provisional: ReadonlySet<number>): FigureWords {
  const [first, last] = [series.held[0] as number, series.held.at(-1) as number];
  const period = reportingYears(first, last);
  const title = titleOf(series, first, last);
  return {
    id: ["emissions-by-source"],
    title,
    measure: "Emissions in t CO₂e by source, scopes 1 and 2 (grid average)",
    period,
    alt: [
      `Stacked bar chart of emissions by source, scopes 1 and 2, ${period}. ${title}.`,
      `${totalSentence(series, first, last)} ${bandsSentence(series, last)}`,
      ...yearSentences(series, provisional)
    ].join(" "),
    source: `inventory, grid-average factors, to ${reportingYearEnd(last)}`
  };
}

function titleOf(series: Series, first: number, last: number): string {
  const finding = findingOf(series, first, last);
  const largest = series.bands.find(band => band !== otherSources && (series.at(last, band) ?? 0) > 0);
  return largest === undefined ? finding : headline(largest, wordingsOf(finding));
}

function wordingsOf(finding: string): [Wording, ...Wording[]] {
  return [
    name => `${finding}; ${name} is the largest source`,
    name => `${finding}; largest source: ${name}`,
    () => finding
  ];
}

function findingOf(series: Series, first: number, last: number): string {
  const [start, end] = [series.total(first) ?? 0, series.total(last) ?? 0];
  const change = first === last ? undefined : changeText(start, end);
  return change
    ? `Emissions have ${change} since ${reportingYearText(first)}`
    : `Emissions were ${amount(end)} t in ${reportingYearText(last)}`;
}

function totalSentence(series: Series, first: number, last: number): string {
  const words = (year: number) => `${amount(series.total(year) ?? 0)} t CO₂e in ${reportingYearText(year)}`;
  return `${[...new Set([first, last])].map(words).join(", ")}.`;
}

function bandsSentence({bands, at}: Series, last: number): string {
  const known = bands.filter(band => at(last, band) !== undefined);
  return `By source in ${reportingYearText(last)}: ${known.map(band => `${band} ${amount(at(last, band) ?? 0)} t`).join(", ")}.`;
}
