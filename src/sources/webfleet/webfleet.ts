import {foldRegistration} from "../../domain/pseudonym.ts";
import {FeedError} from "../../errors.ts";
import type {Distance} from "../kinds.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {britishStamp, utcInstant} from "../text/dates.ts";
import {exactDecimal, isNegative, product} from "../text/decimal.ts";
import {exactJson, isObject, textOf} from "../text/json.ts";
import {oneOfEach, type Versioned} from "../text/one-of-each.ts";
import {shown} from "../text/shown.ts";

/**
 * Webfleet's trip report as JSON: metres and litres of each trip. A start with an offset is an instant; one without is British local time. "63, document is
 * empty" is a report without trips. A trip sent twice with other words has nothing to say which is newer. The line is the trip's place in the list, from 1.
 */
export const webfleetTrips: RecordFormat<"distance"> = {
  name: "webfleet-trips",
  description: "Webfleet: trips with their metres and litres, as the trip report answers",
  evidence: "Field names of public client code, the list of them approximate. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "journeys",
  kind: "distance",
  provider: "webfleet",
  version: 1,
  isOf: ({head}) => {
    const start = head.replace(/^\ufeff/, "").trimStart();
    if (webfleetProblem(start) !== null) return true;
    return /^\[/.test(start) && /"tripid"\s*:/.test(start) && /"objectno"\s*:/.test(start);
  },
  parse: text => {
    const trips = tripsIn(text);
    const read = trips.map((trip, index) => tripOf(trip, index + 1));
    const {rows, rejected, dropped} = oneOfEach(read.filter(one => "row" in one));
    const broken = read.filter(one => "rule" in one);
    return {rows, rejected: [...broken, ...rejected], dropped, records: trips.length, issued: null};
  }
};

/** The code of what Webfleet says instead of a report, which it does with HTTP status 200: "63" where there are no trips. Null where it says none. */
export function webfleetProblem(text: string): string | null {
  const plain = text.replace(/^\ufeff/, "").trim();
  const inText = /^(\d{1,5}), [A-Za-z][^\r\n,\d]*$/.exec(plain)?.[1];
  const inJson = /^\{\s*"errorCode"\s*:\s*"?(\d{1,5})"?/.exec(plain)?.[1];
  return inText ?? inJson ?? null;
}

/** What stands for "document is empty". */
export const webfleetEmpty = "63";

function tripsIn(text: string): readonly unknown[] {
  const problem = webfleetProblem(text);
  if (problem === webfleetEmpty) return [];
  if (problem !== null) throw new FeedError(`an answer of Webfleet that is an error: code ${problem}`);
  const body = exactJson(text);
  if (!Array.isArray(body)) throw new FeedError("an answer of Webfleet that is no list of trips");
  return body;
}

function tripOf(trip: unknown, line: number): Versioned<Distance> | RejectedRecord {
  const broken = (rule: string, value: string | null) => ({line, rule, value: shown(value ?? "")});
  if (!isObject(trip)) return broken("a trip is a JSON object", null);
  const id = textOf(trip.tripid);
  if (id === null) return broken("a trip has an id (tripid)", null);
  const start = textOf(trip.start_time) ?? "";
  const travelled_at = startOf(start);
  if (travelled_at === null) return broken("the start is a real date and time", start);
  const metres = exactDecimal(textOf(trip.distance) ?? "");
  if (metres === null || isNegative(metres)) return broken("the distance is a number of metres", textOf(trip.distance));
  const used = textOf(trip.fuel_usage);
  const fuel_l = exactDecimal(used ?? "");
  if (used !== null && (fuel_l === null || isNegative(fuel_l))) return broken("the fuel is a number of litres", used);
  const vehicle = textOf(trip.objectno) ?? textOf(trip.objectname);
  const row: Distance = {
    line,
    journey_id: id,
    travelled_at,
    distance_km: product(metres, "0.001"),
    fuel_l,
    energy_kwh: null,
    fleet: "own",
    registration: vehicle === null ? null : foldRegistration(vehicle),
    vehicle_kind: null,
    fuel: null
  };
  return {row, key: id, version: null};
}

function startOf(text: string): string | null {
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/i.test(text) && /T/i.test(text);
  return hasZone ? utcInstant(text) : britishStamp(text);
}
