import {amount} from "../../wording/numbers.ts";
import {reportingYearEnd, reportingYears, reportingYearText} from "../../wording/years.ts";
import type {FigureWords} from "../kit/figure.ts";
import {withLargest, type Years, yearsFinding} from "../kit/finding.ts";
import type {Series} from "../kit/series.ts";
import {yearSentences} from "../kit/year-words.ts";

/** The name of the band that holds what is left after the largest sources. */
export const otherSources = "other";

/** The words of emissions by source: the change since the first whole year and which source is the largest, or what is missing of the newest. */
export function sourceWords(
  series: Series,
  {provisional, part}: {readonly provisional: ReadonlySet<number>; readonly part: ReadonlySet<number>},
  years: Years
): FigureWords {
  const [first, last] = [series.held[0] as number, series.held.at(-1) as number];
  const period = reportingYears(first, last);
  const title = titleOf(series, part, years);
  return {
    id: ["emissions-by-source"],
    title,
    measure: "Emissions in t CO₂e by source, scopes 1 and 2 (grid average)",
    period,
    alt: [
      `Stacked bar chart of emissions by source, scopes 1 and 2, ${period}. ${title}.`,
      `${totalSentence(series, part)} ${bandsSentence(series, last)}`,
      ...yearSentences(series, provisional, part)
    ].join(" "),
    source: `inventory, grid-average factors, to ${reportingYearEnd(last)}`
  };
}

function titleOf(series: Series, part: ReadonlySet<number>, years: Years): string {
  const last = series.held.filter(year => !part.has(year)).at(-1);
  const finding = yearsFinding(
    "Emissions",
    years,
    last === undefined ? undefined : {year: last, t: series.total(last) ?? 0}
  );
  if (last === undefined || last !== series.held.at(-1)) return finding;
  return withLargest(
    finding,
    series.bands.find(band => band !== otherSources && (series.at(last, band) ?? 0) > 0)
  );
}

function totalSentence(series: Series, part: ReadonlySet<number>): string {
  const words = (year: number) =>
    `${part.has(year) ? "at least " : ""}${amount(series.total(year) ?? 0)} t CO₂e in ${reportingYearText(year)}`;
  return `${[...new Set([series.held[0] as number, series.held.at(-1) as number])].map(words).join(", ")}.`;
}

function bandsSentence({bands, at}: Series, last: number): string {
  const known = bands.filter(band => at(last, band) !== undefined);
  return `By source in ${reportingYearText(last)}: ${known.map(band => `${band} ${amount(at(last, band) ?? 0)} t`).join(", ")}.`;
}
