import {foldRegistration} from "../../domain/pseudonym.ts";
import type {Distance} from "../kinds.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {britishDate, refuseMonthFirst} from "../text/dates.ts";
import {product, writtenAmount} from "../text/decimal.ts";
import {type DelimitedRow, hasHeader, readDelimited} from "../text/delimited.ts";
import {oneOfEach} from "../text/one-of-each.ts";
import {shown} from "../text/shown.ts";

const names = {
  employee_number: [
    "employee no",
    "employee number",
    "employee id",
    "employee ref",
    "payroll no",
    "payroll number",
    "staff no",
    "staff number"
  ],
  journey_date: ["journey date", "date of journey", "travel date", "date"],
  from: ["from", "from postcode", "start", "start postcode"],
  to: ["to", "to postcode", "destination", "end postcode"],
  miles: ["miles", "mileage", "miles claimed", "business miles", "distance miles"],
  vehicle_type: ["vehicle type", "vehicle", "type"],
  engine: ["engine cc", "engine size", "cc", "engine"],
  fuel: ["fuel", "fuel type"],
  paid: ["paid period", "pay period", "period"]
} as const;

type Column = keyof typeof names;

const kmAMile = "1.609344";

/**
 * Mileage that employees claim for journeys in cars of their own, as payroll extracts it. Kilometres are miles times 1.609344, every digit of it.
 *
 * A journey is named by its date, where from and to, and its miles; with the employee's number, which is personal and stands in `registration`, that makes
 * it one journey however often it is claimed (so two employees may have journeys of one name). Of two claims for it that say other things of the car the one
 * paid later is taken. Names of employees are not read. Postcodes are cut to their first half; another place, which may be an employee's address, is
 * numbered in the order of the employee's day.
 */
export const greyFleetClaims: RecordFormat<"distance"> = {
  name: "grey-fleet-claims",
  description: "employees' mileage claims for their own cars, as payroll extracts them",
  evidence: "Column names from memory of payroll extracts. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "journeys",
  kind: "distance",
  provider: "grey-fleet-claims",
  version: 1,
  isOf: ({head}) => hasHeader(head, names, ["employee_number", "journey_date", "miles"]),
  parse: text => {
    const table = readDelimited<Column>(text, names, ["employee_number", "journey_date", "from", "to", "miles"]);
    refuseMonthFirst(table.rows.map(({line, cell}) => ({line, text: cell.journey_date})));
    const placeOf = placesOfDays();
    const read = table.rows.map(row => ({row: journeyOf(row, placeOf), paid: row.cell.paid}));
    const found = read.flatMap(({row, paid}) =>
      "journey_id" in row ? [{row, key: `${row.journey_id} ${row.registration}`, version: monthOf(paid)}] : []
    );
    const {rows, rejected, dropped} = oneOfEach(found);
    const broken = [...table.misshapen, ...read.map(({row}) => row).filter(row => "rule" in row)];
    const repeated = rejected.map(({line, rule}) => ({line, rule, value: ""}));
    const records = read.length + table.misshapen.length;
    return {rows, rejected: [...broken, ...repeated], dropped, records, issued: null};
  }
};

/** A period that can be ordered as a text, such as 2026-03. */
const monthOf = (period: string) => (/^\d{4}-\d{2}$/.test(period) ? period : null);

function journeyOf(
  {line, cell}: DelimitedRow<Column>,
  placeOf: (employee: string, date: string, place: string) => string
): Distance | RejectedRecord {
  const broken = (rule: string, value: string) => ({line, rule, value: shown(value)});
  const employee = foldRegistration(cell.employee_number);
  if (!/\d/.test(employee)) return {line, rule: "a claim has an employee's number", value: ""};
  const date = britishDate(cell.journey_date);
  if (date === null) return broken("the date of the journey is a real one, day first", cell.journey_date);
  const miles = writtenAmount(cell.miles);
  if (miles === null) return broken("the miles are a number", cell.miles);
  const [from, to] = [placeOf(employee, date, cell.from), placeOf(employee, date, cell.to)];
  return {
    line,
    journey_id: `${date}/${from}/${to}/${miles}`,
    travelled_at: `${date} 00:00:00`,
    distance_km: product(miles, kmAMile),
    fuel_l: null,
    energy_kwh: null,
    fleet: "grey",
    registration: employee,
    vehicle_kind: [cell.vehicle_type, cell.engine && `${cell.engine} cc`].filter(part => part !== "").join(" ") || null,
    fuel: cell.fuel || null
  };
}

/** Names places so that none is an address: the first half of a postcode, else a number by the order in which a day names them. */
function placesOfDays(): (employee: string, date: string, place: string) => string {
  const days = new Map<string, string[]>();
  return (employee, date, text) => {
    const place = text.replace(/\s+/g, " ").toUpperCase();
    const outward = /^([A-Z]{1,2}\d[A-Z\d]?)(?: ?\d[A-Z]{2})?$/.exec(place)?.[1];
    if (outward !== undefined) return outward;
    const day = `${employee} ${date}`;
    const known = days.get(day) ?? [];
    if (!known.includes(place)) known.push(place);
    days.set(day, known);
    return `place ${known.indexOf(place) + 1}`;
  };
}
