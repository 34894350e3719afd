import {FeedError} from "../../errors.ts";
import type {BillPeriod} from "../kinds.ts";
import type {RecordFile, RecordFormat, RejectedRecord} from "../record-format.ts";
import {cellDate} from "../text/dates.ts";
import {amountOf, areWithin, type Decimal, one, penny, poundsText, sumOf, textOf, zero} from "../text/decimal.ts";
import {parted} from "../text/judged.ts";
import {shown} from "../text/shown.ts";
import {isRounded, recordsIn, type TableRecord} from "../text/table.ts";
import {isEstimate} from "./bill-kind.ts";
import {billLines} from "./bill-lines.ts";
import {csvBillElectricity, csvBillGas} from "./csv-bill.ts";
import {columnsIn, type FoundColumns, type FrameworkColumn, missingFrom} from "./framework-columns.ts";

/**
 * The monthly consolidated bill of a purchasing framework, a row for each meter: also unmetered supplies (kWh by charge code) and water (m3
 * by SPID). Periods are taken to end on the day they name.
 */
export const frameworkBill: RecordFormat<"bill"> = {
  name: "framework-consolidated-bill",
  description:
    "Consolidated monthly bill of a purchasing framework (a sheet as CSV): a row for each meter, columns found by their names; kWh, day and night kWh, or m3",
  evidence: "From memory of such workbooks, whose columns differ by framework. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "utility-bills",
  kind: "bill",
  provider: "framework",
  version: 1,
  isOf: start => headerOf(start.head) !== null && !others.some(other => other.isOf(start)),
  parse: parseFramework
};

/** Layouts of their own, whose headers name the same things. */
const others = [csvBillElectricity, csvBillGas, billLines];

const headerWithin = 15;

interface Header {
  readonly separator: string;
  readonly record: TableRecord;
  readonly columns: FoundColumns;
}

/** The first of the first records that names a meter, an invoice and a period; null where none does. */
function headerOf(text: string): Header | null {
  for (const separator of [",", ";", "\t"]) {
    for (const record of recordsIn(text.slice(0, 65_536), separator, headerWithin)) {
      const columns = columnsIn(record.cells);
      const isNamed = (column: FrameworkColumn) => column in columns.places || columns.twice.includes(column);
      const isHeader = (["meter", "invoice", "from", "to"] as const).filter(isNamed).length >= 3;
      if (isHeader && (isNamed("invoice") || isNamed("total"))) return {separator, record, columns};
    }
  }
  return null;
}

/**
 * @throws FeedError where a column that a bill needs is not there, or is there twice, by name.
 */
function parseFramework(text: string): RecordFile<"bill"> {
  const header = headerOf(text);
  if (header === null) throw new FeedError("line 1: no header that names a meter, an invoice and a period");
  const missing = missingFrom(header.columns);
  if (missing.length > 0) throw new FeedError(`line ${header.record.line}: the bill needs: ${missing.join("; ")}`);
  const records = recordsIn(text, header.separator).filter(({line}) => line > header.record.line);
  const read = records.map(record => billOf(record, header.columns.places));
  const judged = parted(read.filter(bill => bill !== null));
  const dropped = read.filter(bill => bill === null).length;
  return {...judged, dropped, records: records.length, issued: null};
}

/** A bill; null for a line of totals, which names neither meter nor invoice. */
function billOf({line, cells}: TableRecord, places: FoundColumns["places"]): BillPeriod | RejectedRecord | null {
  const field = (column: FrameworkColumn) => cells[places[column] ?? -1] ?? "";
  const fail = (rule: string, value: string): RejectedRecord => ({line, rule, value: shown(value)});
  const [meter, invoice, type] = [field("meter"), field("invoice"), kindSaid(field("type"))];
  const [first, last] = [cellDate(field("from")), cellDate(field("to"))];
  if (meter === "" && invoice === "" && cells.some(cell => /\btotals?\b/i.test(cell))) return null;
  if (meter === "") return fail("a bill names its meter", "");
  if (isRounded(meter)) return fail("a meter number is not rounded by a spreadsheet", meter);
  if (invoice === "") return fail("a bill has an invoice number", "");
  if (type === null) return fail("an invoice type is known", field("type"));
  if (first === null) return fail("the period begins on a real date, the day first", field("from"));
  if (last === null) return fail("the period ends on a real date, the day first", field("to"));
  if (last < first) return fail("a period ends on the day it begins or later", `${first}, ${last}`);
  const used = quantityOf(field);
  if (isProblem(used)) return fail(used.rule, used.value);
  const money = moneyOf(field);
  if (isProblem(money)) return fail(money.rule, money.value);
  const pounds = (amount: Decimal | null) => (amount === null ? null : poundsText(signed(amount, type)));
  const quantity = signed(used.amount, type);
  return {
    line,
    bill_id: `framework/${invoice}`,
    account: field("account") || null,
    kind: type === "normal" && quantity.lt(0) ? "credit" : type,
    issued_on: cellDate(field("issued")),
    meter,
    first_date: first,
    last_date: last,
    quantity: textOf(quantity),
    unit: "m3" in places ? "m3" : "kWh",
    is_estimated: (["previousRead", "presentRead"] as const).some(
      column => column in places && isEstimate(field(column))
    ),
    net_gbp: pounds(money.net),
    vat_gbp: pounds(money.vat),
    gross_gbp: pounds(money.gross)
  };
}

/** A withdrawn bill has the amounts of the bill it withdraws; a credit is less than nothing, however it is written. */
function signed(amount: Decimal, kind: BillPeriod["kind"]): Decimal {
  if (kind === "withdrawn") return amount.abs();
  return kind === "credit" ? amount.abs().neg() : amount;
}

function kindSaid(text: string): BillPeriod["kind"] | null {
  if (/^(|n|normal|invoice|inv|bill|standard|rebill|re-bill|new)$/i.test(text)) return "normal";
  if (/^(f|final|final (bill|invoice))$/i.test(text)) return "final";
  if (/^(w|withdrawn|cancelled|cancellation|reversal)$/i.test(text)) return "withdrawn";
  return /^(c|cr|crn|credit|credit ?note)$/i.test(text) ? "credit" : null;
}

interface Problem {
  readonly rule: string;
  readonly value: string;
}

const isProblem = (read: object): read is Problem => "rule" in read;

type Field = (column: FrameworkColumn) => string;

function quantityOf(field: Field): {readonly amount: Decimal} | Problem {
  const whole = field("kwh") || field("m3");
  const registers = [field("dayKwh"), field("nightKwh")].filter(cell => cell !== "");
  const [amount, parts] = [amountOf(whole), registers.map(amountOf)];
  const sum = sumOf(parts.filter(part => part !== null));
  if (whole !== "" && amount === null) return {rule: "a quantity is a number", value: whole};
  if (parts.includes(null)) return {rule: "day and night kWh are numbers", value: registers.join(", ")};
  if (amount === null && registers.length < 2) return {rule: "a bill has a quantity", value: ""};
  if (amount !== null && registers.length === 2 && !areWithin(sum, amount, one))
    return {rule: "day and night kWh add up to the kWh, to one", value: `${textOf(sum)}, ${textOf(amount)}`};
  return {amount: amount ?? sum};
}

type Money = Record<"net" | "vat" | "gross", Decimal | null>;

/** Net, VAT and total. What is blank is not known, but a total that is there must be net and VAT where they are there. */
function moneyOf(field: Field): Money | Problem {
  const cells = {net: field("net"), vat: field("vat"), gross: field("total")};
  const bad = Object.values(cells).find(cell => cell !== "" && amountOf(cell) === null);
  if (bad !== undefined) return {rule: "net, VAT and total are numbers", value: bad};
  const [net, vat, gross] = [amountOf(cells.net), amountOf(cells.vat), amountOf(cells.gross)];
  if (gross === null) return {rule: "a bill has a total", value: ""};
  if (net !== null && vat !== null && !areWithin(sumOf([net, vat]), gross, penny))
    return {
      rule: "net and VAT are the total, to the penny",
      value: [net, vat, gross].map(each => textOf(each)).join(", ")
    };
  const parts = sumOf([field("standing"), field("levy")].map(cell => amountOf(cell) ?? zero));
  if (net?.gt(0) && parts.gt(net))
    return {rule: "standing charge and levy are within the net", value: `${textOf(parts)}, ${textOf(net)}`};
  return {net, vat, gross};
}
