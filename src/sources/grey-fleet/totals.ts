import type {Distance} from "../kinds.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {monthNumber} from "../text/dates.ts";
import {product, writtenAmount} from "../text/decimal.ts";
import {type DelimitedRow, hasHeader, readDelimited} from "../text/delimited.ts";
import {shown} from "../text/shown.ts";

const names = {
  month: ["month", "claim month", "month of journey", "month claimed", "paid month"],
  department: ["department", "directorate", "service", "cost centre", "team"],
  vehicle_type: ["vehicle type", "vehicle", "type"],
  fuel: ["fuel", "fuel type"],
  miles: ["total miles", "miles", "mileage", "miles claimed", "business miles"]
} as const;

type Column = keyof typeof names;

const kmAMile = "1.609344";

/**
 * Mileage that employees claimed, added up by month before it leaves payroll: of each month and, where the columns are there, department, vehicle and
 * fuel. Nothing in it is personal. A total counts on the first day of its month.
 */
export const mileageTotals: RecordFormat<"distance"> = {
  name: "mileage-totals",
  description: "employees' mileage claims added up by month: month, department, vehicle type, fuel, miles",
  evidence: "Column names from memory of payroll's reports. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "journeys",
  kind: "distance",
  provider: "mileage-totals",
  version: 1,
  isOf: ({head}) =>
    hasHeader(head, names, ["month", "miles"]) &&
    !/employee|journey date|travel date|staff n|payroll n/i.test(head.slice(0, 2000)),
  parse: text => {
    const table = readDelimited<Column>(text, names, ["month", "miles"]);
    const read = table.rows.map(totalOf);
    const rows = read.filter(row => "journey_id" in row);
    const broken = read.filter(row => "rule" in row);
    const rejected = [...table.misshapen, ...broken];
    return {rows, rejected, dropped: 0, records: rows.length + rejected.length, issued: null};
  }
};

function totalOf({line, cell}: DelimitedRow<Column>): Distance | RejectedRecord {
  const month = firstOfMonth(cell.month);
  if (month === null)
    return {line, rule: "a total is of a month, such as Apr 2025 or 2025-04", value: shown(cell.month)};
  const miles = writtenAmount(cell.miles);
  if (miles === null) return {line, rule: "the miles are a number", value: shown(cell.miles)};
  return {
    line,
    journey_id: [month.slice(0, 7), cell.department, cell.vehicle_type, cell.fuel].join("/"),
    travelled_at: `${month} 00:00:00`,
    distance_km: product(miles, kmAMile),
    fuel_l: null,
    energy_kwh: null,
    fleet: "grey",
    registration: null,
    vehicle_kind: cell.vehicle_type || null,
    fuel: cell.fuel || null
  };
}

/** The first day of a month written as 2025-04, 04/2025, Apr-25 or April 2025; null where it is none. */
function firstOfMonth(text: string): string | null {
  const [, iso, isoMonth] = /^(\d{4})-(\d{2})(?:-01)?$/.exec(text) ?? [];
  const [, number, numberYear] = /^(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  const [, name, short] = /^([a-z]{3,9})[ -](\d{2}|\d{4})$/i.exec(text) ?? [];
  const year = iso ?? numberYear ?? short?.padStart(4, "20");
  const month = Number(isoMonth ?? number ?? (name === undefined ? 0 : (monthNumber(name) ?? 0)));
  return year === undefined || month < 1 || month > 12 ? null : `${year}-${String(month).padStart(2, "0")}-01`;
}
