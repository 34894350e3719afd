import {foldRegistration} from "../../domain/pseudonym.ts";
import type {ChargingSession} from "../kinds.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {britishStamp, refuseMonthFirst} from "../text/dates.ts";
import {isNegative, writtenAmount} from "../text/decimal.ts";
import {type DelimitedRow, hasHeader, readDelimited} from "../text/delimited.ts";
import type {Versioned} from "../text/one-of-each.ts";
import {oneOfEach} from "../text/one-of-each.ts";
import {shown} from "../text/shown.ts";

const names = {
  session: ["session id", "session", "session number", "transaction id", "charge id"],
  point: ["charge point", "charge point id", "chargepoint", "chargepoint id", "charger", "charger id", "evse"],
  registration: ["registration", "vehicle registration", "vrn", "rfid", "rfid card", "card", "token"],
  start: ["start time", "start", "start date time", "started", "session start"],
  end: ["end time", "end", "end date time", "ended", "session end"],
  energy_in_kwh: ["energy kwh", "kwh", "energy delivered kwh", "energy used kwh", "consumption kwh", "total kwh"],
  cost: ["cost", "total cost", "cost gbp", "amount", "price"]
} as const;

type Column = keyof typeof names;

/**
 * The sessions that a charge point operator's portal exports as CSV, in British local time without a zone. A session of 0 kWh is a session; one of which
 * the energy is not said is rejected. A session's name is its charge point and its number, since each operator counts its own.
 */
export const chargePointPortal: RecordFormat<"charging"> = {
  name: "charge-point-portal",
  description: "a charge point operator's CSV export of sessions, in local time",
  evidence: "Column names from memory of operators' portals. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "ev-charging",
  kind: "charging",
  provider: "charge-point-portal",
  version: 1,
  isOf: ({head}) => hasHeader(head, names, ["session", "point", "start", "energy_in_kwh"]),
  parse: text => {
    const table = readDelimited<Column>(text, names, ["session", "point", "start", "energy_in_kwh"]);
    refuseMonthFirst(table.rows.map(({line, cell}) => ({line, text: cell.start})));
    const read = table.rows.map(sessionOf);
    const {rows, rejected, dropped} = oneOfEach(read.filter(one => "row" in one));
    const broken = [...table.misshapen, ...read.filter(one => "rule" in one)];
    const records = read.length + table.misshapen.length;
    return {rows, rejected: [...broken, ...rejected], dropped, records, issued: null};
  }
};

function sessionOf({line, cell}: DelimitedRow<Column>): Versioned<ChargingSession> | RejectedRecord {
  const broken = (rule: string, value: string) => ({line, rule, value: shown(value)});
  if (cell.session === "") return broken("a session has a number", "");
  if (cell.point === "") return broken("a session names its charge point", "");
  const [started_at, ended_at] = [britishStamp(cell.start), britishStamp(cell.end)];
  if (started_at === null) return broken("the start is a real date and time, day first", cell.start);
  if (cell.end !== "" && ended_at === null) return broken("the end is a real date and time, day first", cell.end);
  const energy_kwh = writtenAmount(cell.energy_in_kwh);
  if (energy_kwh === null) return broken("the energy is a number of kWh", cell.energy_in_kwh);
  const cost_gbp = writtenAmount(cell.cost, 2);
  if (cell.cost !== "" && cost_gbp === null) return broken("the cost is a number", cell.cost);
  const session_id = `${cell.point}/${cell.session}`;
  const row: ChargingSession = {
    line,
    session_id,
    started_at,
    ended_at,
    energy_kwh,
    location: cell.point,
    place: "unknown",
    registration: foldRegistration(cell.registration) || null,
    is_credit: isNegative(energy_kwh) || isNegative(cost_gbp ?? ""),
    cost_gbp
  };
  return {row, key: session_id, version: null};
}
