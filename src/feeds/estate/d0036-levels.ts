import {FeedError} from "../../errors.ts";
import type {FlowRecord} from "./d0036-envelope.ts";

/** One day: its record of group 102, and its records of group 103 in the order of the file. */
export interface FlowDay {
  readonly date: FlowRecord;
  readonly readings: FlowRecord[];
}

/** One quantity of one meter: its record of group 101, and its days. */
export interface FlowMeter {
  readonly meter: FlowRecord;
  readonly days: FlowDay[];
}

/**
 * Sorts the body of a D0036 into its three levels: a meter's quantity (101), its days (102), their readings (103).
 *
 * @throws FeedError where a record belongs to no group of a D0036, or stands before the record it belongs under.
 */
export function levelsOf(body: readonly FlowRecord[]): FlowMeter[] {
  const meters: FlowMeter[] = [];
  for (const record of body) {
    const meter = meters.at(-1);
    if (record.group === "103") under(meter?.days.at(-1), record, "102").readings.push(record);
    else if (record.group === "102") under(meter, record, "101").days.push({date: record, readings: []});
    else if (record.group === "101") meters.push({meter: record, days: []});
    else throw new FeedError(`line ${record.line}: a D0036 has no record group "${record.group}"`);
  }
  return meters;
}

function under<T>(level: T | undefined, {line, group}: FlowRecord, parent: string): T {
  if (level !== undefined) return level;
  throw new FeedError(`line ${line}: a record of group ${group} with none of group ${parent} before it`);
}
