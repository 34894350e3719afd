import {z} from "zod";
import {FeedError} from "../../errors.ts";
import type {Observation} from "../kinds.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {utcText} from "../text/dates.ts";
import {decimalText} from "../text/decimal.ts";
import {objectOf, readJson} from "../text/json.ts";
import {observationFile} from "../text/observation-file.ts";
import {nextHalfHour, parseUtcHalfHour} from "./utc-half-hours.ts";

const gramsSchema = z.number().nonnegative().max(2000);

/** A half-hour as it stands in an answer, with the region it is of; null is Great Britain. */
interface Period {
  readonly region: number | null;
  readonly record: Readonly<Record<string, unknown>>;
}

/**
 * Half-hourly carbon intensity of the grid, in grams of carbon dioxide per kWh, from the National Energy System Operator: series `grid_carbon_intensity`,
 * items `forecast` and `actual`, each a row of its own; `line` counts the half-hours from 1. The area is "" for Great Britain and "regionid:3" for
 * North West England. Regions have a forecast alone. An actual that is null is missing, and is later filled and then revised. For when electricity
 * is used; no factor to report emissions with.
 *
 * @throws FeedError where the answer is an error or empty in any of its forms.
 */
export const carbonIntensity: RecordFormat<"observation"> = {
  name: "carbon-intensity",
  description: "NESO Carbon Intensity: half-hourly grams per kWh, Great Britain or one region",
  evidence: "Published answers of the service, national and regional; stamps are the start and end in UTC.",
  confirmation: "confirmed",
  feed: "grid",
  kind: "observation",
  provider: "neso",
  version: 1,
  isOf: ({head}) =>
    /^\ufeff?\s*\{/.test(head) &&
    /"from"\s*:\s*"\d{4}-\d\d-\d\dT\d\d:\d\dZ"/.test(head) &&
    /"intensity"\s*:\s*\{/.test(head),
  parse: text => {
    const answer = readJson(text);
    const why = failureIn(answer);
    if (why !== null) throw new FeedError(why);
    const read = periodsIn(answer).flatMap((period, index) => figuresOf(period, index + 1));
    return observationFile({figures: read.filter(row => "series" in row), rejected: read.filter(row => "rule" in row)});
  }
};

/** What is wrong with an answer as a whole: an error, or empty in one of its forms; null where it holds half-hours. */
export function failureIn(answer: unknown): string | null {
  const {error} = objectOf(answer);
  if (error !== undefined)
    return `the service answered with an error: ${String(objectOf(error).code ?? "without a code").slice(0, 60)}`;
  return periodsIn(answer).length === 0 ? "the answer is empty: it holds no half-hours" : null;
}

/** The starts of the half-hours of an answer, each once. */
export function startsIn(answer: unknown): Set<number> {
  return new Set(periodsIn(answer).flatMap(({record}) => startOf(record)?.getTime() ?? []));
}

/** `data` is a list of half-hours; or a region, or a list of regions, each with such a list; or a list of half-hours with a list of regions in each. */
function periodsIn(answer: unknown): Period[] {
  const {data} = objectOf(answer);
  const entries = Array.isArray(data) ? data : data === undefined || data === null ? [] : [data];
  return entries.flatMap(entry => {
    const record = objectOf(entry);
    if (Array.isArray(record.data))
      return record.data.map(each => ({region: regionOf(record), record: objectOf(each)}));
    if (!Array.isArray(record.regions)) return [{region: regionOf(record), record}];
    const {from, to} = record;
    return record.regions.map(objectOf).map(region => ({region: regionOf(region), record: {...region, from, to}}));
  });
}

const regionOf = ({regionid}: Readonly<Record<string, unknown>>) => (typeof regionid === "number" ? regionid : null);

function startOf({from, to}: Readonly<Record<string, unknown>>): Date | null {
  const [start, end] = [from, to].map(text => (typeof text === "string" ? parseUtcHalfHour(text) : null));
  if (!start || !end) return null;
  return end.getTime() === nextHalfHour(start).getTime() ? start : null;
}

function figuresOf({region, record}: Period, line: number): (Observation | RejectedRecord)[] {
  const start = startOf(record);
  if (start === null)
    return [
      {line, rule: "half-hour", value: `${String(record.from).slice(0, 30)} to ${String(record.to).slice(0, 30)}`}
    ];
  const items = region === null ? (["forecast", "actual"] as const) : (["forecast"] as const);
  const intensity = objectOf(record.intensity);
  return items.map(item => {
    const given = intensity[item] ?? null;
    const grams = gramsSchema.nullable().safeParse(given);
    if (!grams.success) return {line, rule: "number", value: `${item}: ${String(given).slice(0, 30)}`};
    return {
      line,
      series: "grid_carbon_intensity",
      item,
      area: region === null ? "" : `regionid:${region}`,
      starts_at: utcText(start),
      period: "half-hour",
      value: grams.data === null ? null : decimalText(grams.data),
      unit: "gCO2/kWh",
      status: grams.data === null ? "missing" : item
    };
  });
}
