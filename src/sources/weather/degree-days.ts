import {z} from "zod";
import {dateOf, isRealDate} from "../../domain/dates.ts";
import {FeedError} from "../../errors.ts";
import {addDays} from "../http/windows.ts";
import type {Observation} from "../kinds.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {decimalText} from "../text/decimal.ts";
import {objectOf, readJson} from "../text/json.ts";
import {observationFile} from "../text/observation-file.ts";

const failureSchema = z.object({type: z.literal("Failure"), code: z.string()});
const dataSetSchema = z.object({type: z.literal("DatedDataSet"), values: z.array(z.unknown())});
const valueSchema = z.object({
  d: z.string().refine(isRealDate),
  ld: z.string().refine(isRealDate).optional(),
  v: z.number().nonnegative(),
  pe: z.number().nonnegative().optional()
});

/**
 * Degree days as Degree Days.net's API answers: series `degree_days`, the item being the key under which a data set was asked for (it should name the base,
 * as "hdd_15.5", since the answer does not), the area the weather station. `line` counts values and failed data sets from 1. A value of which any part
 * was estimated is provisional. A data set that is a failure beside good ones is rejected, with its code.
 *
 * @throws FeedError where the answer as a whole is a failure, such as of the account, the signature or the rate limit.
 */
export const degreeDays: RecordFormat<"observation"> = {
  name: "degree-days",
  description: "Degree Days.net: heating and cooling degree days of a weather station",
  evidence:
    "Built from the service's API reference; which of its hosts is live is not known. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "weather",
  kind: "observation",
  provider: "degree-days-net",
  version: 1,
  isOf: ({head}) =>
    /^\ufeff?\s*\{/.test(head) &&
    /"response"\s*:\s*\{/.test(head) &&
    /"(LocationDataResponse|Failure)"/.test(head) &&
    /"(rateLimit|stationId)"\s*:/.test(head),
  parse: text => {
    const {stationId, dataSets} = responseIn(text);
    const read: (Observation | RejectedRecord)[] = [];
    for (const [key, dataSet] of Object.entries(dataSets))
      read.push(...figuresOf(key, dataSet, stationId, read.length));
    return observationFile({figures: read.filter(row => "series" in row), rejected: read.filter(row => "rule" in row)});
  }
};

function responseIn(text: string): {stationId: string; dataSets: Readonly<Record<string, unknown>>} {
  const response = objectOf(objectOf(readJson(text)).response);
  const failure = failureSchema.safeParse(response);
  if (failure.success) throw new FeedError(`the service answered with a failure: ${failure.data.code.slice(0, 60)}`);
  const {stationId, dataSets} = response;
  if (typeof stationId !== "string" || typeof dataSets !== "object" || dataSets === null)
    throw new FeedError("not Degree Days.net's response: no station and data sets");
  return {stationId, dataSets: objectOf(dataSets)};
}

function figuresOf(key: string, dataSet: unknown, area: string, before: number): (Observation | RejectedRecord)[] {
  const failure = failureSchema.safeParse(dataSet);
  if (failure.success) return [{line: before + 1, rule: "failure", value: `${key}: ${failure.data.code.slice(0, 60)}`}];
  const result = dataSetSchema.safeParse(dataSet);
  if (!result.success) return [{line: before + 1, rule: "row shape", value: `${key}: no data set of dated values`}];
  return result.data.values.map((each, index) => figureOf(key, each, area, before + index + 1));
}

function figureOf(item: string, each: unknown, area: string, line: number): Observation | RejectedRecord {
  const result = valueSchema.safeParse(each);
  if (!result.success) return {line, rule: "row shape", value: `${item}: no value with a date`};
  const {d, ld, v, pe = 0} = result.data;
  const period = periodOf(d, ld ?? d);
  if (period === null) return {line, rule: "period", value: `${item}: ${d} to ${ld}`};
  const status = pe > 0 ? "provisional" : "actual";
  return {
    line,
    series: "degree_days",
    item,
    area,
    starts_at: d,
    period,
    value: decimalText(v),
    unit: "degC day",
    status
  };
}

function periodOf(first: string, last: string): "day" | "month" | "year" | null {
  if (first === last) return "day";
  const [year, month] = [Number(first.slice(0, 4)), Number(first.slice(5, 7))];
  const lastOfMonth = dateOf(addDays(new Date(Date.UTC(year, month)), -1));
  if (first.endsWith("-01") && last === lastOfMonth) return "month";
  return first.endsWith("-01-01") && last === `${year}-12-31` ? "year" : null;
}
