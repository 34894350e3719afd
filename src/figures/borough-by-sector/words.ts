import type {BoroughEmissions} from "../../models/marts/borough_emissions.ts";
import {monthText} from "../../wording/dates.ts";
import {amount, signed} from "../../wording/numbers.ts";
import {changeText} from "../../wording/shares.ts";
import {officialFigures} from "../../wording/targets.ts";
import {headline, printable, sentenceCase, slug, type Wording} from "../../wording/titles.ts";
import type {FigureWords} from "../kit/figure.ts";
import type {Series} from "../kit/series.ts";
import {gapSentences} from "../kit/year-words.ts";

export function isTarget(rows: readonly BoroughEmissions[]): boolean {
  return rows.every(row => row.is_measure_of_target);
}

/** The one number of a row, in kt of CO₂ or of CO₂e. */
export function kt(row: BoroughEmissions): number {
  return row.emissions_kt_co2 ?? row.emissions_kt_co2e ?? 0;
}

function unitOf(row: BoroughEmissions): string {
  return row.emissions_kt_co2 === null ? "kt CO₂e" : "kt CO₂";
}

const gasWords: Record<BoroughEmissions["gases"], string> = {
  CO2: "carbon dioxide only",
  "CO2 CH4 N2O": "carbon dioxide, methane and nitrous oxide"
};

/** The words of one area's statistic: the change of its total since the first year, and which sector is the largest of the last. */
export function boroughWords(rows: readonly BoroughEmissions[], series: Series, totals: Series): FigureWords {
  const row = rows[0] as BoroughEmissions;
  const title = titleOf(row, series, totals);
  const period = [...new Set([series.held[0], series.held.at(-1)])].join(" to ");
  const isBySector = series.bands.length > 1;
  const statistic = `${printable(row.statistic_name, 80)}, ${gasWords[row.gases]}, in ${unitOf(row)} a year`;
  const measure = isBySector ? `${statistic}, by sector` : statistic;
  const chart = isBySector ? "Stacked bar chart" : "Bar chart";
  return {
    id: ["borough-by-sector", row.area_code, row.statistic, slug(row.release)],
    title,
    notes: isTarget(rows) ? [] : [officialFigures],
    measure: sentenceCase(measure),
    period,
    alt: [
      `${chart} of ${measure}, in ${printable(row.area_name)}, ${period}, release ${row.release}. ${title}.`,
      ...totalSentences(row, totals),
      ...(isBySector ? [sectorsSentence(series)] : []),
      ...gapSentences(series, String),
      ...targetSentences(rows, row)
    ].join(" "),
    publisher: "National statistics",
    source: `release ${printable(row.release)}, ${publishedWords(row.published)}; ${sourcesOf(rows)}`
  };
}

function titleOf(row: BoroughEmissions, series: Series, totals: Series): string {
  const [name, largest] = [printable(row.area_name), largestOf(series)];
  const finding =
    totals.held.length > 0
      ? findingOf(gasOf(row), totals)
      : findingOf(`${inSentence(series.bands[0] ?? "")} emissions`, series);
  if (largest === undefined) return headline(name, [area => `${area} ${finding}`]);
  return headline(
    name,
    totals.held.length > 0 ? leadWordings(finding, largestWords(largest)) : sectorWordings(largest)
  );
}

/** The largest sector of the last year, where there is more than one. */
function largestOf({bands, held, at}: Series): string | undefined {
  const [largest] = bands;
  const isKnown = bands.length > 1 && largest !== undefined && (at(held.at(-1) ?? 0, largest) ?? 0) > 0;
  return isKnown ? largest : undefined;
}

function leadWordings(finding: string, largest: string): [Wording, ...Wording[]] {
  return [
    area => `${area} ${finding}; ${largest} the largest source`,
    area => `${area} ${finding}; ${largest} largest`,
    area => `${area} ${finding}`
  ];
}

function sectorWordings(largest: string): [Wording, ...Wording[]] {
  return [
    area => sentenceCase(`${largestWords(largest)} the largest sector in ${area}`),
    area => `${area}'s largest sector: ${sectorName(largest)}`
  ];
}

/** `homes are`, `transport is`, of the sector as the statistic names it. */
function largestWords(sector: string): string {
  return `${sectorName(sector)} ${isHomes(sector) ? "are" : "is"}`;
}

const isHomes = (sector: string) => /^(domestic|residential)$/i.test(sector);
const sectorName = (sector: string) => (isHomes(sector) ? "homes" : inSentence(sector));

function gasOf({gases}: BoroughEmissions): string {
  return gases === "CO2" ? "CO₂" : "emissions";
}

/** `CO₂ has fallen 45% since 2005`. */
function findingOf(what: string, {held, total}: Series): string {
  const [first, last] = [held[0] as number, held.at(-1) as number];
  const change = first === last ? undefined : changeText(total(first) ?? 0, total(last) ?? 0);
  return change
    ? `${what} ${what.endsWith("emissions") ? "have" : "has"} ${change} since ${first}`
    : `${what} at ${amount(total(last) ?? 0)} kt in ${last}`;
}

function totalSentences(row: BoroughEmissions, {held, total}: Series): string[] {
  const words = (year: number) => `${amount(total(year) ?? 0)} ${unitOf(row)} in ${year}`;
  const ends = [...new Set([held.at(0), held.at(-1)])].flatMap(year => (year === undefined ? [] : [words(year)]));
  return ends.length > 0 ? [`All sectors: ${ends.join(", ")}.`] : [];
}

function sectorsSentence({bands, held, at}: Series): string {
  const last = held.at(-1) ?? 0;
  const known = bands.filter(band => at(last, band) !== undefined);
  return `In ${last}: ${known.map(band => `${band} ${signed(amount(at(last, band) ?? 0))} kt`).join(", ")}.`;
}

function targetSentences(rows: readonly BoroughEmissions[], row: BoroughEmissions): string[] {
  return isTarget(rows) ? [] : [`${officialFigures}. ${printable(row.why_not_measure_of_target, 400)}`];
}

/** `published Jun 2022`, of a year and month or of a year alone. */
function publishedWords(published: string | null): string {
  if (published === null) return "date of publication not known";
  const [year, month] = published.split("-").map(Number);
  return `published ${month ? monthText(new Date(Date.UTC(year ?? 0, month - 1))) : printable(published)}`;
}

function sourcesOf(rows: readonly BoroughEmissions[]): string {
  return [...new Set(rows.map(({source, licence}) => `${printable(source, 120)}, ${printable(licence, 40)}`))].join(
    "; "
  );
}

/** The first letter made small, but of an abbreviation. */
function inSentence(words: string): string {
  return /^\p{Lu}[\p{Ll} ]/u.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}
