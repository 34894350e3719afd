import {kilotonnesText, tonnesText} from "./numbers.ts";
import {lessOrMore} from "./shares.ts";
import {notTheMeasure, unconfirmedText} from "./targets.ts";
import {reportingYearText} from "./years.ts";

/** The last year of one target that has a figure, against the straight path and its budget so far. */
export interface Standpoint {
  readonly target_name: string;
  readonly boundary: string;
  readonly series: string;
  readonly year: number;
  readonly base_year: number;
  readonly unconfirmed: string | null;
  readonly why_not_measure_of_target: string | null;
  readonly actual_t: number;
  readonly required_t: number;
  readonly gap_t: number;
  readonly emitted_so_far_t: number | null;
  readonly allowed_so_far_t: number | null;
  readonly incomplete_year: number | null;
  readonly at_least_t: number | null;
  readonly incomplete_required_t: number | null;
  readonly is_surely_above: boolean | null;
}

/** A target of which nothing can be said yet: its path cannot be drawn, or no year after its base year is whole. */
export interface Waiting {
  readonly target_name: string;
  readonly boundary: string;
  readonly base_year: number;
  readonly has_path: boolean;
}

const isOwn = ({boundary}: {readonly boundary: string}) => boundary === "own operations";
const yearText = (of: {readonly boundary: string}, year: number) =>
  isOwn(of) ? reportingYearText(year) : String(year);
const amountOf = (of: {readonly boundary: string}) => (isOwn(of) ? tonnesText : kilotonnesText);

/** `no complete year after 2018/19 yet`. */
export function waitingText(target: Waiting): string {
  const base = yearText(target, target.base_year);
  return target.has_path
    ? `no complete year after ${base} yet`
    : `no path can be drawn yet, because its base year, ${base}, is not complete`;
}

/** `net zero by 2030: 3,400 t above the straight-line path in 2025/26 (11,000 t; the path allows 7,600 t)`. */
export function standpointText(point: Standpoint): string {
  const amount = amountOf(point);
  const side = point.gap_t > 0 ? "above" : "below";
  return `${point.target_name}: ${amount(Math.abs(point.gap_t))} ${side} the straight-line path in ${yearText(point, point.year)} (${amount(point.actual_t)}; the path allows ${amount(point.required_t)})`;
}

/** What is said with it: a newer year that is not whole, the sum so far, and what of the target nobody has confirmed. */
export function standpointNotes(point: Standpoint): string[] {
  return [
    ...incompleteText(point),
    ...soFarText(point),
    ...(point.unconfirmed === null ? [] : [unconfirmedText(point.unconfirmed)]),
    ...(point.why_not_measure_of_target === null ? [] : [`official figures (${point.series}): ${notTheMeasure}`])
  ];
}

/** Of a year that is not whole it is only said that it is above the path already, and only where enough is held. */
function incompleteText({incomplete_year, at_least_t, incomplete_required_t, is_surely_above}: Standpoint): string[] {
  if (incomplete_year === null || at_least_t === null || incomplete_required_t === null) return [];
  const year = reportingYearText(incomplete_year);
  if (is_surely_above !== true) return [`${year} is not complete: it cannot be set against the path yet`];
  return [
    `${year} is not complete, but what is here (${tonnesText(at_least_t)}) is already above the path (${tonnesText(incomplete_required_t)})`
  ];
}

/** `since 2018/19`; where a newer year is not complete and so not in the sum, up to which year it goes. */
export function sinceBase({
  base_year,
  year,
  incomplete_year
}: Pick<Standpoint, "base_year" | "year" | "incomplete_year">): string {
  const since = `since ${reportingYearText(base_year)}`;
  return incomplete_year === null ? since : `${since}, to the end of ${reportingYearText(year)},`;
}

function soFarText(point: Standpoint): string[] {
  const {emitted_so_far_t, allowed_so_far_t, base_year} = point;
  if (emitted_so_far_t === null || allowed_so_far_t === null) return [];
  const since = isOwn(point) ? `${sinceBase(point)} we have` : `since ${base_year} the area has`;
  const change = lessOrMore(allowed_so_far_t, emitted_so_far_t, 1);
  return change === undefined ? [] : [`${since} emitted ${change} than the path allows`];
}

/**
 * Whether the council's own operations are on track, in a sentence: of the newest year that says it. A year that is not whole only ever says that they
 * are not; a target that waits says why nothing can be said.
 */
export function verdictText(points: readonly Standpoint[], waiting: readonly Waiting[]): string {
  const [point] = points.filter(isOwn);
  const [waits] = waiting.filter(isOwn);
  if (point === undefined && waits === undefined)
    return "Whether we are on track cannot be said: no target for our own operations is on file";
  if (point === undefined)
    return `Whether we are on track to ${waits?.target_name} cannot be said yet: ${waitingText(waits as Waiting)}`;
  const [path, goal] = ["the straight-line path", point.target_name];
  const {incomplete_year: newer, at_least_t: least, incomplete_required_t: allowed} = point;
  if (newer !== null && least !== null && allowed !== null && point.is_surely_above === true)
    return `We are not on track to ${goal}: in ${reportingYearText(newer)} our own operations emitted at least ${tonnesText(least)} CO₂e, and ${path} allows ${tonnesText(allowed)}`;
  const when = reportingYearText(point.year);
  const gap = tonnesText(Math.abs(point.gap_t));
  const since = newer === null ? "" : `; ${reportingYearText(newer)} is not complete and cannot be set against it yet`;
  if (point.gap_t > 0)
    return `We are not on track to ${goal}: in ${when} our own operations emitted ${tonnesText(point.actual_t)} CO₂e, ${gap} above ${path}${since}`;
  const side = point.gap_t === 0 ? `on ${path}` : `${gap} below ${path}`;
  return `In ${when} we were on track to ${goal}: our own operations emitted ${tonnesText(point.actual_t)} CO₂e, ${side}${since}`;
}
