import {z} from "zod";
import {utcOfWallClock} from "../../domain/british-clock.ts";
import {isRealDate} from "../../domain/dates.ts";
import {FeedError} from "../../errors.ts";
import type {Observation} from "../kinds.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {utcText} from "../text/dates.ts";
import {decimalText} from "../text/decimal.ts";
import {objectOf, readJson} from "../text/json.ts";
import {observationFile} from "../text/observation-file.ts";
import {shown} from "../text/shown.ts";

const recordSchema = z.object({
  dataset: z.literal("FUELHH").optional(),
  publishTime: z.iso.datetime().optional(),
  startTime: z.iso.datetime(),
  settlementDate: z.string().refine(isRealDate),
  settlementPeriod: z.int().min(1).max(50),
  fuelType: z.string().regex(/^[A-Z0-9]{2,12}$/),
  generation: z.number().nullable()
});

type FuelRecord = z.infer<typeof recordSchema>;

const halfHour_ms = 1_800_000;

/**
 * What each kind of power station and interconnector gave to the grid of Great Britain by half-hour, from Elexon: series `grid_generation` in MW, the item
 * being the publisher's fuel type, known or not. An interconnector that takes is negative. Both its list and its stream are read. `line` counts
 * the records from 1. A record whose settlement period is not the one its start begins is rejected; of one published twice the later stands.
 *
 * @throws FeedError where the text is no whole answer.
 */
export const elexonFuelHh: RecordFormat<"observation"> = {
  name: "elexon-fuelhh",
  description: "Elexon FUELHH: half-hourly generation of Great Britain by fuel",
  evidence:
    "Built from the service's documentation; start and settlement period must agree. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "grid",
  kind: "observation",
  provider: "elexon",
  version: 1,
  isOf: ({head}) =>
    /^\ufeff?\s*[[{]/.test(head) &&
    /"fuelType"\s*:/.test(head) &&
    /"settlementPeriod"\s*:/.test(head) &&
    /"generation"\s*:/.test(head),
  parse: text => {
    const answer = readJson(text);
    const list = Array.isArray(answer) ? answer : objectOf(answer).data;
    if (!Array.isArray(list)) throw new FeedError("not FUELHH: neither a list nor an object with one");
    const read = list.map((each, index) => recordOf(each, index + 1));
    const records = read.filter(row => "record" in row);
    const latest = latestOf(records);
    return observationFile({
      figures: latest.map(({record, line}) => observed(record, line)),
      rejected: read.filter(row => "rule" in row),
      dropped: records.length - latest.length
    });
  }
};

interface Numbered {
  readonly line: number;
  readonly record: FuelRecord;
}

function recordOf(each: unknown, line: number): Numbered | RejectedRecord {
  const result = recordSchema.safeParse(each);
  if (!result.success) {
    const name = String(result.error.issues[0]?.path[0] ?? "record");
    return {line, rule: "row shape", value: `${name}: ${shown(String(objectOf(each)[name])).slice(0, 30)}`};
  }
  const {settlementDate, settlementPeriod, startTime} = result.data;
  const midnight = utcOfWallClock(Date.parse(`${settlementDate}T00:00:00Z`));
  const agrees = midnight !== null && Date.parse(startTime) === midnight + (settlementPeriod - 1) * halfHour_ms;
  return agrees
    ? {line, record: result.data}
    : {line, rule: "settlement period", value: `${settlementDate} ${settlementPeriod} begins ${startTime}`};
}

/** Of each fuel and half-hour those published last. */
function latestOf(records: readonly Numbered[]): Numbered[] {
  const keyOf = ({fuelType, startTime}: FuelRecord) => `${fuelType} ${Date.parse(startTime)}`;
  const publishedAt = ({publishTime}: FuelRecord) => (publishTime === undefined ? 0 : Date.parse(publishTime));
  const last = new Map<string, number>();
  for (const {record} of records) last.set(keyOf(record), Math.max(last.get(keyOf(record)) ?? 0, publishedAt(record)));
  return records.filter(({record}) => publishedAt(record) === last.get(keyOf(record)));
}

function observed({startTime, fuelType, generation}: FuelRecord, line: number): Observation {
  return {
    line,
    series: "grid_generation",
    item: fuelType,
    area: "",
    starts_at: utcText(new Date(startTime)),
    period: "half-hour",
    value: generation === null ? null : decimalText(generation),
    unit: "MW",
    status: generation === null ? "missing" : "actual"
  };
}
