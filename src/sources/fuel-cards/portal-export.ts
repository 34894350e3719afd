import {foldRegistration} from "../../domain/pseudonym.ts";
import type {FuelTransaction} from "../kinds.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {britishDate, britishStamp, clockTime, refuseMonthFirst} from "../text/dates.ts";
import {isNegative, sum, writtenAmount} from "../text/decimal.ts";
import {type Delimited, type DelimitedRow, hasHeader, readDelimited} from "../text/delimited.ts";
import {occurrenceNames} from "../text/occurrences.ts";
import {oneOfEach} from "../text/one-of-each.ts";
import {shown} from "../text/shown.ts";
import {bunkeredTank} from "./bunkered-tank.ts";
import {mileageAtPump} from "./pump-mileage.ts";

const names = {
  transaction: [
    "transaction number",
    "transaction no",
    "transaction id",
    "transaction ref",
    "transaction reference",
    "voucher number"
  ],
  card: ["card number", "card no", "card", "pan"],
  registration: ["registration", "vehicle registration", "vehicle reg", "reg no", "reg", "vrn", "vehicle"],
  date: ["transaction date", "date", "transaction date time", "date time", "delivery date"],
  time: ["transaction time", "time", "delivery time"],
  site: ["site", "site name", "location", "merchant", "station"],
  product: ["product", "product name", "product description", "fuel type", "fuel"],
  quantity: ["quantity", "qty", "litres", "volume", "quantity litres", "volume litres"],
  net: ["net", "net amount", "net value", "net cost"],
  vat: ["vat", "vat amount"],
  gross: [
    "gross",
    "gross amount",
    "gross value",
    "total",
    "total gross",
    "total amount",
    "amount",
    "cost",
    "total cost"
  ],
  odometer: ["odometer", "mileage", "odometer reading", "odo"]
} as const;

type Column = keyof typeof names;

const marks: readonly (Column | readonly Column[])[] = [["card", "registration"], "product", "quantity", "date"];

/**
 * The transactions that a fuel card provider's portal exports as CSV: a header by any of several names, in any order, and British local time.
 *
 * - The product is its text, trimmed, in upper case: what it is, and whether its quantity is litres at all (or kWh, or a car wash), is the product table's to say.
 * - Pounds are gross; where there is no gross, net and VAT together, or net alone.
 * - Below nought, in brackets, or with a minus or CR after it, an amount is given back.
 * - Where the provider has no number for a transaction its name is when, where, what and how much, and which of those alike it is. No card and no driver is kept.
 */
export const fuelPortalExport: RecordFormat<"fuel"> = {
  name: "fuel-portal-export",
  description: "a fuel card portal's CSV export, by the names in its header",
  evidence: "Column names from memory of exports of Allstar, BP, Fuelgenie and others. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "fleet-fuel",
  kind: "fuel",
  provider: "fuel-portal",
  version: 1,
  isOf: start => hasHeader(start.head, names, marks) && !bunkeredTank.isOf(start),
  parse: text => {
    const table = readDelimited<Column>(text, names, [...marks, ["net", "gross"]]);
    refuseMonthFirst(table.rows.map(({line, cell}) => ({line, text: cell.date})));
    const nameOf = occurrenceNames();
    const read = table.rows.map(row => transactionOf(row, table, nameOf));
    const found = read.filter(row => "transaction_id" in row);
    const {rows, rejected, dropped} = oneOfEach(found.map(row => ({row, key: row.transaction_id, version: null})));
    const broken = read.filter(row => "rule" in row);
    return {
      rows,
      rejected: [...table.misshapen, ...broken, ...rejected],
      dropped,
      records: read.length + table.misshapen.length,
      issued: null
    };
  }
};

function transactionOf(
  {line, cell}: DelimitedRow<Column>,
  table: Delimited<Column>,
  nameOf: (...said: readonly string[]) => string
): FuelTransaction | RejectedRecord {
  const broken = (rule: string, value: string) => ({line, rule, value: shown(value)});
  const drawn_at = drawnAt(cell.date, cell.time);
  if (drawn_at === null)
    return broken("the date and time are real ones, day first", `${cell.date} ${cell.time}`.trim());
  const product_code = cell.product.replace(/\s+/g, " ").toUpperCase();
  if (product_code === "") return broken("a transaction has a product", "");
  const quantity = writtenAmount(cell.quantity, 2);
  if (quantity === null) return broken("the quantity is a number", cell.quantity);
  const cost_gbp = costOf(cell, table);
  if (cost_gbp === null) return broken("the cost is a number", cell.gross || cell.net);
  return {
    line,
    transaction_id: cell.transaction || nameOf(drawn_at, cell.site, product_code, quantity),
    drawn_at,
    registration: foldRegistration(cell.registration) || null,
    fleet_number: null,
    product_code,
    quantity,
    cost_gbp,
    mileage: mileageAtPump(cell.odometer.replace(/,(?=\d{3}$)/, "")),
    is_credit: isNegative(quantity) || isNegative(cost_gbp)
  };
}

/** The time stands in its own column, else with the date; it is never guessed. */
function drawnAt(date: string, time: string): string | null {
  if (time === "") return britishStamp(date);
  const [day, clock] = [britishDate(date.replace(/\s{1,3}00:00(:00)?$/, "")), clockTime(time)];
  return day === null || clock === null ? null : `${day} ${clock}`;
}

function costOf(cell: Readonly<Record<Column, string>>, table: Delimited<Column>): string | null {
  if (table.has("gross")) return writtenAmount(cell.gross, 2);
  const parts = [cell.net, ...(table.has("vat") ? [cell.vat] : [])].map(text => writtenAmount(text));
  const known = parts.filter(part => part !== null);
  return known.length === parts.length ? sum(known, 2) : null;
}
