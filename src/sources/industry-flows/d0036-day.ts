import {periodsOnDate} from "../../domain/settlement.ts";
import {isPlainDecimal} from "../text/decimal.ts";
import {type FlowRecord, flowCells} from "./flow-envelope.ts";
import type {FlowDay} from "./flow-levels.ts";

/** The half-hours of a day by settlement period: their values as written, "" where there is none, and their statuses, A or E. */
export interface HalfHours {
  readonly values: readonly string[];
  readonly statuses: readonly string[];
}

/** One day of one quantity of a meter, with as many half-hours as its date has. */
export interface ShapedDay extends HalfHours {
  readonly mpan: string;
  readonly quantity: string;
  readonly date: string;
}

/** What is wrong with a day, in words. */
export interface Misshapen {
  readonly why: string;
}

/** Takes apart the record of a meter and those of one of its days. */
export function shapedDay(meter: FlowRecord, {date: dated, readings}: FlowDay): ShapedDay | Misshapen {
  const [, mpan = "", quantity, , ...afterMeter] = flowCells(meter.text);
  const [, date = "", ...afterDate] = flowCells(dated.text);
  const periods = periodsOnDate(date);
  if (quantity === undefined || !areEmpty(afterMeter))
    return {why: `line ${meter.line} is no meter and quantity: "${meter.text.trim()}"`};
  if (periods === null || !areEmpty(afterDate)) return {why: `not a date (YYYYMMDD): "${dated.text.trim()}"`};
  const halfHours = halfHoursOf(readings);
  if ("why" in halfHours) return halfHours;
  const {length} = halfHours.values;
  if (length !== periods) return {why: `${length} readings where ${periods} belong`};
  return {mpan, quantity, date, ...halfHours};
}

/** The readings in order, without those that only fill a long or short day (status C). */
function halfHoursOf(readings: readonly FlowRecord[]): HalfHours | Misshapen {
  const [values, statuses]: [string[], string[]] = [[], []];
  for (const {line, text} of readings) {
    const cells = flowCells(text);
    const problem = problemWith(cells);
    if (problem !== null) return {why: `line ${line}: ${problem}: "${text.trim()}"`};
    const [, status = "", value = ""] = cells;
    if (status === "C") continue;
    values.push(value);
    statuses.push(status);
  }
  return {values, statuses};
}

function problemWith([, status, value, ...others]: readonly string[]): string | null {
  if (value === undefined || !areEmpty(others)) return "not a status and a value";
  if (status === "C") return null;
  if (status !== "A" && status !== "E") return `the status "${status}" is not A, E or C`;
  return value === "" || isPlainDecimal(value) ? null : `the value "${value}" is no plain decimal number`;
}

/** Some senders add empty cells. */
function areEmpty(cells: readonly string[]): boolean {
  return cells.every(cell => cell === "");
}
