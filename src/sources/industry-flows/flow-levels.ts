import {FeedError} from "../../errors.ts";
import type {FlowRecord} from "./flow-envelope.ts";

/** One day: its record, and those of its readings in the order of the file. */
export interface FlowDay {
  readonly date: FlowRecord;
  readonly readings: FlowRecord[];
}

/** One quantity of one meter: its record, and its days. */
export interface FlowMeter {
  readonly meter: FlowRecord;
  readonly days: FlowDay[];
}

/** What a flow of half-hours calls the record groups of its three levels. */
export interface FlowGroups {
  readonly flow: string;
  readonly meter: string;
  readonly day: string;
  readonly reading: string;
}

/**
 * Sorts the body of a flow into its three levels: a meter's quantity, its days, their readings.
 *
 * @throws FeedError where a record belongs to no group of the flow, or stands before the record it belongs under.
 */
export function levelsOf(body: readonly FlowRecord[], {flow, meter, day, reading}: FlowGroups): FlowMeter[] {
  const meters: FlowMeter[] = [];
  for (const record of body) {
    const last = meters.at(-1);
    if (record.group === reading) under(last?.days.at(-1), record, day).readings.push(record);
    else if (record.group === day) under(last, record, meter).days.push({date: record, readings: []});
    else if (record.group === meter) meters.push({meter: record, days: []});
    else throw new FeedError(`line ${record.line}: a ${flow} has no record group "${record.group}"`);
  }
  return meters;
}

function under<T>(level: T | undefined, {line, group}: FlowRecord, parent: string): T {
  if (level !== undefined) return level;
  throw new FeedError(`line ${line}: a record of group ${group} with none of group ${parent} before it`);
}
