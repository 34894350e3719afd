import {foldRegistration} from "../../domain/pseudonym.ts";
import {FeedError} from "../../errors.ts";
import type {Distance} from "../kinds.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {utcInstant} from "../text/dates.ts";
import {exactDecimal, isNegative} from "../text/decimal.ts";
import {exactJson, isObject, textOf} from "../text/json.ts";
import {oneOfEach, type Versioned} from "../text/one-of-each.ts";
import {shown} from "../text/shown.ts";

/**
 * What Geotab's GetFeed answers: trips, with kilometres, or the fuel and energy that trips used. The latter say no distance of their own: their rows have 0 km,
 * so that a sum of kilometres is that of the trips. Trips that are worked out again are sent again under their id; the newest version is taken, and
 * in one answer that is the last. The line is the record's place in the list, from 1.
 */
export const geotabFeed: RecordFormat<"distance"> = {
  name: "geotab-feed",
  description: "Geotab: trips, or the fuel and energy of trips, as GetFeed answers",
  evidence:
    "Field names of the published client libraries; error texts and that records come in the order of their versions are unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "journeys",
  kind: "distance",
  provider: "geotab",
  version: 1,
  isOf: ({head}) =>
    /^\ufeff?\s*\{/.test(head) &&
    (/"toVersion"\s*:/.test(head) || (/"jsonrpc"\s*:/.test(head) && /"(data|error)"\s*:/.test(head))),
  parse: text => {
    const data = geotabData(exactJson(text));
    const read = data.map((record, index) => recordOf(record, index + 1));
    const {rows, rejected, dropped} = oneOfEach(read.filter(one => "row" in one));
    const broken = read.filter(one => "rule" in one);
    return {rows, rejected: [...broken, ...rejected], dropped, records: data.length, issued: null};
  }
};

/** What kind of error an answer of Geotab is, such as "OverLimitException", though its HTTP status is 200; null where it is none. */
export function geotabError(body: unknown): string | null {
  if (!isObject(body) || body.error === undefined || body.error === null) return null;
  const data = isObject(body.error) && isObject(body.error.data) ? body.error.data : {};
  const type = textOf(data.type) ?? (isObject(body.error) ? textOf(body.error.name) : null);
  return type !== null && /^\w{1,60}$/.test(type) ? type : "of an unknown kind";
}

/** @throws FeedError where the answer is an error or holds no list. */
function geotabData(body: unknown): readonly unknown[] {
  const error = geotabError(body);
  if (error !== null) throw new FeedError(`an answer of Geotab that is an error: ${error}`);
  const result = isObject(body) ? body.result : null;
  if (!isObject(result) || !Array.isArray(result.data))
    throw new FeedError("an answer of Geotab without its list (result.data)");
  return result.data;
}

function recordOf(record: unknown, line: number): Versioned<Distance> | RejectedRecord {
  const broken = (rule: string, value: string | null) => ({line, rule, value: shown(value ?? "")});
  if (!isObject(record)) return broken("a record is a JSON object", null);
  const id = textOf(record.id);
  if (id === null) return broken("a record has an id", null);
  const isTrip = record.distance !== undefined;
  if (!isTrip && record.totalFuelUsed === undefined && record.totalEnergyUsedKwh === undefined)
    return broken("a record is a trip or says fuel or energy used", null);
  const stamp = textOf(isTrip ? record.start : (record.dateTime ?? record.tripStop));
  const travelled_at = utcInstant(stamp ?? "");
  if (travelled_at === null) return broken("the start is an instant", stamp);

  const amounts = {distance_km: record.distance, fuel_l: record.totalFuelUsed, energy_kwh: record.totalEnergyUsedKwh};
  const bad = Object.values(amounts).map(textOf).find(isNoAmount);
  if (bad !== undefined) return broken("distance, fuel and energy are numbers, not below nought", bad);
  const amount = (thing: unknown) => exactDecimal(textOf(thing) ?? "");
  const distance_km = isTrip ? amount(record.distance) : "0";
  if (distance_km === null) return broken("a trip has a distance", null);
  const row: Distance = {
    line,
    journey_id: isTrip ? id : `fuel/${id}`,
    travelled_at,
    distance_km,
    fuel_l: amount(record.totalFuelUsed),
    energy_kwh: amount(record.totalEnergyUsedKwh),
    fleet: "own",
    registration: deviceOf(record.device),
    vehicle_kind: null,
    fuel: null
  };
  const version = textOf(record.version) ?? "";
  return {
    row,
    key: row.journey_id,
    version: `${version.toLowerCase().padStart(16, "0")} ${String(line).padStart(9, "0")}`
  };
}

function isNoAmount(text: string | null): boolean {
  if (text === null) return false;
  const amount = exactDecimal(text);
  return amount === null || isNegative(amount);
}

function deviceOf(device: unknown): string | null {
  const id = isObject(device) ? textOf(device.id) : textOf(device);
  return id === null ? null : foldRegistration(id);
}
