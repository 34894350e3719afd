import {daysAfter, isRealDate} from "../../domain/dates.ts";
import {foldRegistration} from "../../domain/pseudonym.ts";
import {FeedError} from "../../errors.ts";
import type {Distance} from "../kinds.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {exactDecimal, isNegative, product} from "../text/decimal.ts";
import {exactJson, isObject, textOf} from "../text/json.ts";
import {oneOfEach, type Versioned} from "../text/one-of-each.ts";
import {shown} from "../text/shown.ts";

interface Days {
  readonly from: string;
  readonly to: string;
}

/**
 * Samsara's fuel and energy report: what each vehicle drove and used in a number of days. The report does not say in which: the file's name must, with the
 * first day and the day after the last (samsara-2026-06-22-2026-06-23.json), of one month, since all of it is put on the first. Zero energy of a
 * vehicle that only burns fuel is none said. The line is the vehicle's place in the list, from 1.
 */
export const samsaraFuelEnergy: RecordFormat<"distance"> = {
  name: "samsara-fuel-energy",
  description: "Samsara: each vehicle's distance, fuel and energy in the days that the file's name says",
  evidence:
    "The provider's public reference of the report; what it looks like in use is unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "journeys",
  kind: "distance",
  provider: "samsara",
  version: 1,
  isOf: ({head}) => /^\ufeff?\s*\{/.test(head) && /"vehicleReports"\s*:/.test(head),
  parse: (text, {fileName}) => {
    const reports = reportsIn(exactJson(text));
    const days = daysIn(fileName);
    const read = reports.map((report, index) => vehicleOf(report, index + 1, days));
    const {rows, rejected, dropped} = oneOfEach(read.filter(one => "row" in one));
    const broken = read.filter(one => "rule" in one);
    return {rows, rejected: [...broken, ...rejected], dropped, records: reports.length, issued: null};
  }
};

function reportsIn(body: unknown): readonly unknown[] {
  const data = isObject(body) ? body.data : null;
  const reports = isObject(data) ? data.vehicleReports : null;
  if (!Array.isArray(reports)) throw new FeedError("an answer of Samsara without vehicle reports, such as an error");
  return reports;
}

/** @throws FeedError where the name has not two days of one month. */
function daysIn(fileName: string): Days {
  const [from = "", to = ""] = fileName.match(/\d{4}-\d{2}-\d{2}/g) ?? [];
  if (!isRealDate(from) || !isRealDate(to) || from >= to)
    throw new FeedError(
      "the report does not say of which days it is: its file's name must, as samsara-2026-06-22-2026-06-23.json (the second day is not in it)"
    );
  if (from.slice(0, 7) !== daysAfter(to, -1).slice(0, 7))
    throw new FeedError(`the report is of ${from} to ${to}: ask for one month at most at a time`);
  return {from, to};
}

function vehicleOf(report: unknown, line: number, {from, to}: Days): Versioned<Distance> | RejectedRecord {
  const broken = (rule: string, value: string | null) => ({line, rule, value: shown(value ?? "")});
  if (!isObject(report) || !isObject(report.vehicle)) return broken("a report is of a vehicle", null);
  const {vehicle} = report;
  const id = textOf(vehicle.id);
  if (id === null) return broken("a vehicle has an id", null);
  const amount = (name: string) => exactDecimal(textOf(report[name]) ?? "");
  const names = ["distanceTraveledMeters", "fuelConsumedMl", "energyUsedKwh"] as const;
  const bad = names.find(
    name => textOf(report[name]) !== null && (amount(name) === null || isNegative(amount(name) ?? ""))
  );
  if (bad !== undefined) return broken(`${bad} is a number, not below nought`, textOf(report[bad]));
  const [metres, millilitres, energy] = [amount(names[0]), amount(names[1]), amount(names[2])];
  if (metres === null) return broken("a report has a distance", null);

  const energyType = textOf(vehicle.energyType)?.toLowerCase() ?? null;
  const burnsOnly = energyType === "fuel" && energy === "0";
  const drivesOnPowerOnly = energyType === "electric" && millilitres === "0";
  const row: Distance = {
    line,
    journey_id: `${id}/${from}/${to}`,
    travelled_at: `${from}T00:00:00Z`,
    distance_km: product(metres, "0.001"),
    fuel_l: millilitres === null || drivesOnPowerOnly ? null : product(millilitres, "0.001"),
    energy_kwh: burnsOnly ? null : energy,
    fleet: "own",
    registration: foldRegistration(textOf(vehicle.name) ?? id),
    vehicle_kind: energyType,
    fuel: null
  };
  return {row, key: row.journey_id, version: null};
}
