import {instantOf} from "../text/dates.ts";
import {isReading} from "../text/decimal.ts";
import {readJson} from "../text/json.ts";
import {columnsIn, hasColumns, type TableLine, tableOf} from "../text/reads-table.ts";
import type {MisshapenRow, Unfolded, Unfolder} from "../text/unfolded.ts";
import {type HalfHour, halfHoursOf, type IntervalMinutes, type Part, stampOf} from "./half-hour-parts.ts";
import {meterPortalUnit} from "./meter-portal-unit.ts";

const needed = ["POS_ID", "METER_SERIALNUMBER", "METER_TYPE", "DATEREF", "MEASUREMENT_UNIT"];
const others = ["CUSTOMER_REFERENCE", "MODULE_ID"];

/** The column of the amount, whose name is not certain. */
const amountName = (columns: readonly string[]) => columns.find(column => /^(\w+_)?consumption$/i.test(column));

/**
 * Unfolds Meter Portal's periodic consumption export into half-hours: meter, serial number, start in UTC, amount, unit (kWh or m3), and how it was made
 * (whole, summed or halved). The stamp is taken as the start of its interval.
 *
 * The file does not say how long its intervals are: the least time between two stamps of a meter is. Shorter ones than half an hour are summed where all
 * are there; an hour is halved; a meter with other distances than 5, 15, 30 or 60 minutes, or with one row only, is misshapen.
 */
export const meterPortalConsumption: Unfolder = {
  isOf: start => {
    const columns = columnsIn(start, ",");
    const amount = amountName(columns);
    return amount !== undefined && hasColumns(columns, [...needed, amount], others);
  },
  unfold: unfoldConsumption
};

function unfoldConsumption(text: string): Unfolded {
  const {columns, lines} = tableOf(text, ",");
  const amount = amountName(columns) ?? "CONSUMPTION";
  const misshapen: MisshapenRow[] = [];
  const meters = new Map<string, Part[]>();
  for (const line of lines) {
    const part = partOf(line, amount);
    if ("why" in part) misshapen.push(part);
    else if (!meters.get(part.meter)?.push(part)) meters.set(part.meter, [part]);
  }
  const made = [...meters.values()].map(halfHoursOfMeter);
  const rows = made.flatMap(({halfHours}) => halfHours).map(half => ({line: half.line, cells: rowCells(half)}));
  return {
    rows: rows.sort((a, b) => a.line - b.line),
    misshapen: [...misshapen, ...made.flatMap(({misshapen}) => misshapen)].sort((a, b) => a.line - b.line),
    issued: null
  };
}

function partOf({line, cell, isWhole}: TableLine, column: string): Part | MisshapenRow {
  const [amount, type] = [cell(column), cell("METER_TYPE")];
  const [at, unit] = [instantOf(cell("DATEREF")), meterPortalUnit(type, cell("MEASUREMENT_UNIT"))];
  if (!isWhole) return {line, why: "not as many cells as the header has"};
  if (at === null) return {line, why: `not a time with its offset: "${cell("DATEREF").slice(0, 40)}"`};
  if (unit === null)
    return {line, why: `"${cell("MEASUREMENT_UNIT").slice(0, 20)}" is no unit of "${type.slice(0, 20)}"`};
  if (amount === "") return {line, why: "no amount"};
  if (!isReading(amount)) return {line, why: `the amount "${amount.slice(0, 30)}" is no plain decimal number`};
  const meter = JSON.stringify([cell("POS_ID"), cell("METER_SERIALNUMBER"), unit]);
  return {line, meter, minute: at.getTime() / 60_000, amount};
}

function halfHoursOfMeter(parts: readonly Part[]): ReturnType<typeof halfHoursOf> {
  const distance = leastDistance(parts);
  if (isInterval(distance)) return halfHoursOf(parts, distance);
  const why = distance === null ? "one time only, so its interval is not known" : `intervals of ${distance} minutes`;
  return {halfHours: [], misshapen: parts.map(({line}) => ({line, why}))};
}

function isInterval(minutes: number | null): minutes is IntervalMinutes {
  return minutes === 5 || minutes === 15 || minutes === 30 || minutes === 60;
}

function leastDistance(parts: readonly Part[]): number | null {
  const minutes = [...new Set(parts.map(({minute}) => minute))].sort((a, b) => a - b);
  const distances = minutes.slice(1).map((minute, index) => minute - (minutes[index] ?? 0));
  return distances.reduce<number | null>((least, distance) => Math.min(least ?? distance, distance), null);
}

function rowCells({meter, minute, amount, made}: HalfHour): string[] {
  const [pos = "", serial = "", unit = ""] = readJson(meter) as string[];
  return [pos, serial, stampOf(minute), amount, unit, made];
}
