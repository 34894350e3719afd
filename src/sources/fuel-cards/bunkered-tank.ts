import {foldRegistration} from "../../domain/pseudonym.ts";
import type {TankMovement} from "../kinds.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {britishDate, clockTime, refuseMonthFirst} from "../text/dates.ts";
import {isNegative, writtenAmount} from "../text/decimal.ts";
import {type DelimitedRow, hasHeader, readDelimited} from "../text/delimited.ts";
import {shown} from "../text/shown.ts";

const names = {
  tank: ["tank", "tank name", "tank id", "tank no"],
  date: ["date"],
  time: ["time"],
  type: ["type", "movement", "event", "transaction type"],
  vehicle: ["vehicle", "registration", "vehicle registration", "fleet no", "fleet number"],
  product: ["product", "fuel", "grade"],
  litres: ["litres", "quantity litres", "volume litres"],
  dip: ["dip", "dip litres", "stock", "stock litres"]
} as const;

type Column = keyof typeof names;

const movements = {DISPENSE: "dispense", DELIVERY: "delivery", DIP: "dip"} as const;

/**
 * The log of a depot's tanks of fuel: what was dispensed, delivered and dipped, in British local time. A dip beside a delivery is a movement of its own, on
 * the same line. Where no column names the product it is the tank's name. Drivers are not kept.
 */
export const bunkeredTank: RecordFormat<"tank"> = {
  name: "bunkered-tank",
  description: "a depot's log of its fuel tanks: dispenses, deliveries and dips",
  evidence: "Column names from memory of depot tank systems. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "fleet-fuel",
  kind: "tank",
  provider: "bunkered-tank",
  version: 1,
  isOf: ({head}) => hasHeader(head, names, ["tank", "type", "litres", "date"]),
  parse: text => {
    const table = readDelimited<Column>(text, names, ["tank", "date", "time", "type", "litres"]);
    refuseMonthFirst(table.rows.map(({line, cell}) => ({line, text: cell.date})));
    const read = table.rows.flatMap(movementsOf);
    const rows = read.filter(row => "tank" in row);
    const rejected = [...table.misshapen, ...read.filter(row => "rule" in row)];
    return {rows, rejected, dropped: 0, records: rows.length + rejected.length, issued: null};
  }
};

function movementsOf({line, cell}: DelimitedRow<Column>): (TankMovement | RejectedRecord)[] {
  const broken = (rule: string, value: string) => [{line, rule, value: shown(value)}];
  const [date, time] = [britishDate(cell.date), clockTime(cell.time)];
  if (date === null || time === null)
    return broken("the date and time are real ones, day first", `${cell.date} ${cell.time}`.trim());
  if (cell.tank === "") return broken("a movement names its tank", "");
  const type = cell.type.toUpperCase();
  if (!isMovement(type)) return broken("a movement is DISPENSE, DELIVERY or DIP", cell.type);
  const common = {
    line,
    tank: cell.tank,
    moved_at: `${date} ${time}`,
    product: (cell.product || cell.tank).toUpperCase(),
    registration: foldRegistration(cell.vehicle) || null
  };
  const dip =
    cell.dip === "" ? [] : [{...common, movement: "dip" as const, litres: writtenAmount(cell.dip), registration: null}];
  const moved = type === "DIP" ? [] : [{...common, movement: movements[type], litres: writtenAmount(cell.litres)}];
  if (type === "DIP" && dip.length === 0) return broken("a dip says its litres", "");
  return [...moved, ...dip].map(({litres, ...movement}) => {
    const text = movement.movement === "dip" ? cell.dip : cell.litres;
    if (litres === null) return {line, rule: `the litres of a ${movement.movement} are a number`, value: shown(text)};
    const isBelow = movement.movement === "dip" && isNegative(litres);
    return isBelow ? {line, rule: "a dip is not below nought", value: shown(text)} : {...movement, litres};
  });
}

const isMovement = (type: string): type is keyof typeof movements => Object.hasOwn(movements, type);
