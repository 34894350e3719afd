import {listText} from "../../wording/lists.ts";
import {amount} from "../../wording/numbers.ts";
import {changeText, percent} from "../../wording/shares.ts";
import {headline, printable, sentenceCase} from "../../wording/titles.ts";
import {pandemicYears, reportingYearEnd, reportingYears, reportingYearText} from "../../wording/years.ts";
import type {FigureWords} from "../kit/figure.ts";
import {gapsOf, type Series} from "../kit/series.ts";

const names = new Map([
  ["hvo", "HVO (renewable diesel)"],
  ["gas_oil", "gas oil (red diesel)"]
]);

const shortNames = new Map([
  ["hvo", "HVO"],
  ["gas_oil", "gas oil"]
]);

/** What a fuel is called next to its band. */
export function fuelName(activity: string): string {
  return sentenceCase(names.get(activity) ?? bare(activity));
}

function bare(activity: string): string {
  return printable(activity.replaceAll("_", " "), 30);
}

/** The years that are not whole, and those that are over. */
export interface FuelYears {
  readonly part: ReadonlySet<number>;
  readonly ended: ReadonlySet<number>;
}

/** The words of fuel by year: how much less diesel is used than at first, of whole years alone. */
export function fuelWords(series: Series, {part, ended}: FuelYears, asOf: string | undefined): FigureWords {
  const whole = series.held.filter(year => !part.has(year));
  const [first, last] = [series.held[0] as number, series.held.at(-1) as number];
  const open = series.held.filter(year => part.has(year) && ended.has(year)).at(-1);
  const title = open !== undefined && open > (whole.at(-1) ?? 0) ? openTitle(series, open) : titleOf(series, whole);
  const until = part.has(last) ? (asOf ?? `part of ${reportingYearText(last)}`) : reportingYearEnd(last);
  return {
    id: ["fleet-fuel"],
    title,
    measure: "Fuel of our vehicles and machines in litres by reporting year",
    period: reportingYears(first, last),
    alt: [
      `Stacked bar chart of litres of fuel by reporting year, ${reportingYears(first, last)}. ${title}.`,
      ...[...new Set([whole.at(0), whole.at(-1)])].flatMap(year =>
        year === undefined ? [] : [yearSentence(series, year)]
      ),
      ...gapSentences(gapsOf(series)),
      ...[...part].map(
        year =>
          `${yearSentence(series, year)} ${ended.has(year) ? "That year is not complete: it is at least this much." : `That year is not over: ${asOf ? `to ${asOf}` : "part year"}.`}`
      )
    ].join(" "),
    source: `fuel bought, less refunds, to ${until}`
  };
}

/** Of a year that is over and not whole. */
function openTitle(series: Series, year: number): string {
  return `${reportingYearText(year)} fuel is not complete: at least ${amount(series.total(year) ?? 0)} litres`;
}

/** Of diesel, or where a whole year has none, of the largest fuel of the last. */
function titleOf(series: Series, whole: readonly number[]): string {
  const last = whole.at(-1);
  if (last === undefined) return "No complete year of fuel yet";
  const isDrawn = (fuel: string) => whole.some(year => (series.at(year, fuel) ?? 0) > 0);
  const fuel = isDrawn("diesel") ? "diesel" : series.bands.find(isDrawn);
  if (fuel === undefined) return `Our vehicles and machines used no fuel in ${reportingYearText(last)}`;
  const years = whole.filter(year => series.at(year, fuel) !== undefined);
  // A pandemic year is no year to be measured from, where there is another.
  const first = years.find(year => !pandemicYears.includes(year)) ?? years[0] ?? last;
  return findingOf(series, fuel, first, years.at(-1) ?? last);
}

function findingOf({at, total}: Series, fuel: string, first: number, last: number): string {
  const [start, end] = [at(first, fuel) ?? 0, at(last, fuel) ?? 0];
  const change = first === last ? undefined : changeText(start, end);
  const since = reportingYearText(first);
  const named = (words: (name: string) => string) =>
    headline(shortNames.get(fuel) ?? bare(fuel), [
      name => `Our vehicles and machines used ${words(name)}`,
      name => `We used ${words(name)}`
    ]);
  if (change === undefined) return named(name => `${amount(end)} litres of ${name} in ${reportingYearText(last)}`);
  if (change === "barely changed") return named(name => `as much ${name} as in ${since}`);
  const share = percent(Math.abs(end - start), start);
  const [before, after] = [total(first) ?? 0, total(last) ?? 0];
  const isUnlike = end < start !== after < before && changeText(before, after) !== "barely changed";
  if (isUnlike)
    return `${sentenceCase(shortNames.get(fuel) ?? bare(fuel))} ${end < start ? "fell" : "rose"} ${share} since ${since}, all fuel ${after < before ? "fell" : "rose"}`;
  return named(name => `${share} ${end < start ? "less" : "more"} ${name} than in ${since}`);
}

function yearSentence({bands, at}: Series, year: number): string {
  const known = bands.filter(band => at(year, band) !== undefined);
  return `${reportingYearText(year)}: ${known.map(band => `${fuelName(band)} ${amount(at(year, band) ?? 0)} litres`).join(", ")}.`;
}

function gapSentences(years: readonly number[]): string[] {
  return years.length > 0 ? [`No data: ${listText(years.map(reportingYearText))}.`] : [];
}
