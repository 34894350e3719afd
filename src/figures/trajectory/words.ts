import {listText} from "../../wording/lists.ts";
import {amount, signed} from "../../wording/numbers.ts";
import {changeText, percent} from "../../wording/shares.ts";
import {officialFigures, pathToConfirm as toConfirm} from "../../wording/targets.ts";
import {headline, printable, sentenceCase, type Wording} from "../../wording/titles.ts";
import {reportingYearEnd} from "../../wording/years.ts";
import type {FigureOptions, FigureWords} from "../kit/figure.ts";
import {incompleteFinding, type Years} from "../kit/finding.ts";
import {seriesOf} from "../kit/series.ts";
import {gapSentences, yearSentences} from "../kit/year-words.ts";
import {type Course, type Gap, gapOf, type Path, residualOf, type YearValue} from "./course.ts";

/** The words of a trajectory: how far the last year with figures is from the path to the target. */
export function trajectoryWords(course: Course, {area, place}: FigureOptions, about: Years): FigureWords {
  const {target, isOwn, years, actual, yearWords} = course;
  const title = titleOf(course, printable(area ?? place, 60), about);
  const period = [...new Set([years[0] as number, years.at(-1) as number])].map(yearWords).join(" to ");
  const [goal, series] = [printable(target.target_name, 60), seriesText(target.series)];
  const measure = isOwn ? `Emissions in ${unitOf(course)}, ${series},` : `Emissions in ${unitOf(course)} a year`;
  const last = actual.at(-1)?.year;
  return {
    id: ["trajectory", target.target_id],
    title,
    notes: notesOf(course),
    measure: `${measure} and pathways to ${goal}`,
    period,
    alt: [
      `Line chart of emissions in ${unitOf(course)}, ${series}, and of pathways to ${goal}, ${period}. ${title}.`,
      ...actualSentences(course),
      ...atLeastSentence(course),
      ...course.paths.flatMap(path => pathSentences(course, path)),
      ...yearsSentences(course),
      ...[...course.breaks.values()].map(words => `One-off effect of timing in factors: ${printable(words, 200)}.`),
      ...doubtSentences(course)
    ].join(" "),
    ...(isOwn
      ? {
          source: ["inventory, grid-average factors", last && `to ${reportingYearEnd(last)}`].filter(Boolean).join(", ")
        }
      : {publisher: "National statistics", source: [series, last && `to ${last}`].filter(Boolean).join(", ")})
  };
}

/** `scopes 1, 2, grid average`, of a series as the inventory names it. */
const seriesText = (series: string) => printable(series, 120).replace("location-based", "grid average");

/** What has to be said in the picture: that the pathway is a choice, that the series is not the target's, which factors broke. */
export function notesOf({target, breaks}: Course): string[] {
  return [
    ...(target.is_confirmed ? [] : [toConfirm]),
    ...(target.why_not_measure_of_target === null ? [] : [officialFigures]),
    ...new Set([...breaks.values()].map(breakWords))
  ];
}

/** The sign that stands at a year whose factors broke, and before the note on it. */
export const breakSign = "†";

/** `† 2026 electricity factor: one-off effect of timing`, of the mart's `electricity generation -26% in the 2026 set`. */
function breakWords(breaks: string): string {
  const found = [...new Set(breaks.split("; ").map(factorWords))];
  const factors = found.length > 1 ? "factors" : "factor";
  return `${breakSign} ${listText(found)} ${factors}: one-off effect of timing`;
}

function factorWords(words: string): string {
  const [, activity = "", set = ""] = /^(\S+) .* in the (\d{4}) set$/.exec(words) ?? [];
  return set ? `${set} ${printable(activity, 30).replaceAll("_", " ")}` : printable(words, 60);
}

/** `1,240 t above`, of the gap in the unit of the course. */
export function gapWords({unit}: Course, {value}: Gap): string {
  if (value === 0) return "on the path";
  return `${amount(Math.abs(value))} ${unit} ${value > 0 ? "above" : "below"}`;
}

/** `net zero 2030`, of `net zero by 2030`. */
export function goalWords({target}: Course): string {
  return printable(target.target_name.replace(" by ", " "), 40);
}

function unitOf({unit, target}: Course): string {
  return `${unit} ${target.gases === "CO2" ? "CO₂" : "CO₂e"}`;
}

function titleOf(course: Course, area: string, about: Years): string {
  const gap = gapOf(course);
  const year = course.target.target_year;
  if (course.isOwn && isOpen(course)) return openTitle(course, about);
  if (course.actual.length === 0) return course.isOwn ? "No complete year yet" : "No year of figures yet";
  if (course.paths.length === 0) return `No path yet: ${course.yearWords(course.target.base_year)} is not complete`;
  if (course.actual.length === 1) return "One year of figures: no trajectory yet";
  if (gap === undefined) return `The path to ${year} starts in ${course.yearWords(course.target.base_year)}`;
  return course.isOwn ? ownTitle(course, gap, about) : headline(area, areaWordings(course, gap, year));
}

/** Whether the newest year that is over is not whole. */
function isOpen({actual, atLeast}: Course): boolean {
  return (atLeast.at(-1)?.year ?? 0) > (actual.at(-1)?.year ?? 0);
}

/** Of a year that is not whole it is only said that it is above the path already; else what it lacks. */
function openTitle(course: Course, {incomplete: [missing]}: Years): string {
  const last = course.atLeast.at(-1) as YearValue;
  const year = course.yearWords(last.year);
  if (course.isSurelyAbove) return `${year} is not complete, yet already above the path`;
  return missing === undefined
    ? `${year} is not complete: at least ${amount(last.value)} ${course.unit}`
    : incompleteFinding(missing);
}

function ownTitle(course: Course, gap: Gap, {compared: [compared]}: Years): string {
  const year = course.target.target_year;
  const isRising = compared?.direction === "more";
  if (isReached(course, gap)) {
    return isMeasure(course)
      ? `Emissions already meet the ${year} target`
      : `Emissions already reach the ${year} path's end`;
  }
  if (gap.year === year && isMeasure(course)) {
    return `Emissions missed the ${year} target by ${amount(gap.value)} ${course.unit}`;
  }
  if (isBetweenPaths(course, gap)) return betweenTitle(course, gap);
  if (isOnPath(gap))
    return isRising ? `Emissions rose but are on the path to ${year}` : `Emissions are on the path to ${year}`;
  if (!isRising) return `Emissions are ${gapWords(course, gap)} the path to ${year}`;
  return `Emissions rose ${gap.value > 0 ? "and" : "but"} are ${gapWords(course, gap)} the ${year} path`;
}

/** Whether the year keeps to the first path and not to another: then neither is "the path". */
function isBetweenPaths(course: Course, gap: Gap): boolean {
  const others = course.paths.slice(1).flatMap(path => gapOf(course, path) ?? []);
  const isOver = (each: Gap) => each.value > 0 && !isOnPath(each);
  return !isOver(gap) && others.some(isOver);
}

function betweenTitle(course: Course, gap: Gap): string {
  const stricter = course.paths.slice(1).flatMap(path => gapOf(course, path) ?? []);
  const worst = stricter.reduce((a, b) => (b.value > a.value ? b : a));
  const straight = isOnPath(gap) ? "on" : "below";
  return `Emissions: ${straight} the straight path, ${amount(worst.value)} ${course.unit} above the stricter`;
}

function areaWordings(course: Course, gap: Gap, year: number): [Wording, ...Wording[]] {
  if (isReached(course, gap)) {
    if (isMeasure(course)) return [area => `${area} already meets the ${year} target`];
    return [
      area => `${area} already reaches the end of the ${year} path`,
      area => `${area}: already at the ${year} path's end`
    ];
  }
  const what = course.target.gases === "CO2" ? "CO₂" : "emissions";
  const straight = `${distanceWords(course, gap)} a ${pathWord(course)} path to ${year}`;
  const short = `${distanceWords(course, gap)} the ${year} path`;
  const plain: [Wording, ...Wording[]] = [
    area => `${area} is ${straight}`,
    area => `${area}: ${straight}`,
    area => `${area}: ${short}`
  ];
  if (!isRising(course)) return plain;
  return [area => `${area} ${what} rose; ${straight}`, area => `${area} ${what} rose; ${short}`, ...plain.slice(1)] as [
    Wording,
    ...Wording[]
  ];
}

/** `12% above`, or of a year in which nothing is allowed any more `120 kt above`; `on` under half a per cent. */
function distanceWords(course: Course, gap: Gap): string {
  if (isOnPath(gap)) return "on";
  if (gap.required <= 0) return gapWords(course, gap);
  return `${percent(Math.abs(gap.value), gap.required)} ${gap.value > 0 ? "above" : "below"}`;
}

function pathWord({paths}: Course): string {
  return paths[0]?.pathway === "linear" ? "straight" : "constant-percentage";
}

function isMeasure({target}: Course): boolean {
  return target.why_not_measure_of_target === null;
}

/** Whether the last year is no higher than what is allowed in the target year. */
function isReached({paths: [path]}: Course, {actual}: Gap): boolean {
  return path !== undefined && actual <= residualOf(path).value * (1 + 1e-9);
}

function isOnPath({value, required}: Gap): boolean {
  return Math.abs(value) < required * 0.005 || value === 0;
}

function isRising({actual}: Course): boolean {
  const words = changeText(actual[0]?.value ?? 0, actual.at(-1)?.value ?? 0);
  return words?.startsWith("risen") ?? false;
}

function actualSentences(course: Course): string[] {
  const {actual, constant} = course;
  return [
    ...endsSentence(course, "Actual", actual),
    ...endsSentence(course, "Without changes in the government's factors", constant)
  ];
}

function atLeastSentence(course: Course): string[] {
  const words = course.atLeast.map(
    ({year, value}) => `${course.yearWords(year)} at least ${amount(value)} ${unitOf(course)}`
  );
  return words.length > 0 ? [`Not complete: ${words.join(", ")}.`] : [];
}

function endsSentence(course: Course, about: string, values: readonly YearValue[]): string[] {
  const ends = [...new Set([values.at(0), values.at(-1)])].flatMap(value => value ?? []);
  const words = ends.map(({year, value}) => `${signed(amount(value))} ${unitOf(course)} in ${course.yearWords(year)}`);
  return words.length > 0 ? [`${about}: ${words.join(", ")}.`] : [];
}

function pathSentences(course: Course, path: Path): string[] {
  const [gap, end, unit] = [gapOf(course, path), residualOf(path), unitOf(course)];
  const required = gap
    ? [`${amount(gap.required)} ${unit} required in ${course.yearWords(gap.year)} (${gapWords(course, gap)})`]
    : [];
  const residual = `${amount(end.value)} ${unit} left in ${course.yearWords(end.year)}, the target year`;
  return [`${sentenceCase(path.name)}: ${[...required, residual].join(", ")}.`];
}

function yearsSentences({actual, isOwn}: Course): string[] {
  const series = seriesOf(actual.map(({year, value}) => ({period: year, band: "", value})));
  const provisional = new Set(actual.filter(({isProvisional}) => isProvisional).map(({year}) => year));
  return isOwn ? yearSentences(series, provisional) : gapSentences(series, String);
}

function doubtSentences({target}: Course): string[] {
  const {is_confirmed, unconfirmed, why_not_measure_of_target: why} = target;
  return [
    ...(is_confirmed
      ? []
      : [`${toConfirm}.`, ...(unconfirmed ? [`Not confirmed: ${printable(unconfirmed, 300)}.`] : [])]),
    ...(why === null ? [] : [`${officialFigures}. ${printable(why, 400)}`])
  ];
}
