import {daysAfter} from "../../domain/dates.ts";
import type {RejectedRecord} from "../record-format.ts";
import type {ChargeLine} from "./lines.ts";
import type {SupplierSettings} from "./suppliers.ts";

/** First and last day, both inclusive; of a bill's supply period as its supplier writes it. */
export interface Days {
  readonly first: string;
  readonly last: string;
}

/** The days a line of consumption is of: its own charge period, else the bill's supply period, else from read to read. */
export function periodOf(line: ChargeLine, supply: Days | null, settings: SupplierSettings): Days | RejectedRecord {
  const days = ownDays(line, supply, settings) ?? supplyDays(supply, settings) ?? readDays(line);
  if (days === null) return {line: line.line, rule: "consumption is of a period", value: ""};
  if (days.first <= days.last) return days;
  return {line: line.line, rule: "a period ends on the day it begins or later", value: `${days.first}, ${days.last}`};
}

const dayBefore = (date: string) => daysAfter(date, -1);

function ownDays({from, to}: ChargeLine, supply: Days | null, settings: SupplierSettings): Days | null {
  if (from === null || to === null) return null;
  if (settings.lineEnd === "exclusive") return {first: from, last: dayBefore(to)};
  const isPastBill = settings.lineEnd === "within-bill" && supply !== null && dayBefore(to) === supply.last;
  return {first: from, last: isPastBill ? supply.last : to};
}

function supplyDays(supply: Days | null, {billEnd}: SupplierSettings): Days | null {
  if (supply === null || billEnd === "inclusive") return supply;
  return {first: supply.first, last: dayBefore(supply.last)};
}

/** A read is taken at the start of its day: the period ends the day before. */
function readDays({readFrom, readTo}: ChargeLine): Days | null {
  return readFrom === null || readTo === null ? null : {first: readFrom, last: dayBefore(readTo)};
}
