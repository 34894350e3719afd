import {FeedError} from "../../errors.ts";
import type {BillPeriod} from "../kinds.ts";
import type {RecordFile, RecordFormat, RejectedRecord} from "../record-format.ts";
import {cellDate} from "../text/dates.ts";
import {amountOf, areWithin, type Decimal, penny, poundsText, sumOf, textOf, zero} from "../text/decimal.ts";
import {firstLineOf} from "../text/file-start.ts";
import {isRejected} from "../text/judged.ts";
import {shown} from "../text/shown.ts";
import {groupedBy, isRounded, plainName, recordsIn, type TableRecord} from "../text/table.ts";

const names = {
  account: "account",
  mprn: "mprn",
  bill: "bill",
  billDate: "billdate",
  chargeType: "chargetype",
  from: "chargeperiodfrom",
  end: "chargeperiodend",
  quantity: "quantity",
  unit: "qunit",
  price: "charge",
  priceUnit: "cunit",
  total: "total"
} as const;

type Column = keyof typeof names;

/** Gas bills as the lines of a sheet: a line for each charge, VAT among them. A record is a bill's consumption in a period, or a bill that has none. */
export const billLines: RecordFormat<"bill"> = {
  name: "gas-bill-lines",
  description:
    "Gas bills by charge line (a sheet as CSV): commodity lines (WAP) are the kWh, prices are in pence, VAT is a line, credits are bills CR…. The sheet does not say whether reads were estimated",
  evidence:
    "Columns, inclusive end dates and the meaning of WAP and CR as a public bill importer and its tests have them. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "utility-bills",
  kind: "bill",
  provider: "bgs",
  version: 1,
  isOf: start => missingIn(firstLineOf(start).split(",")).length === 0,
  parse: parseLines
};

const missingIn = (header: readonly string[]) => {
  const there = header.map(cell => plainName(cell.replace(/^"|"$/g, "")));
  return Object.values(names).filter(name => there.filter(cell => cell === name).length !== 1);
};

interface ChargeLine {
  readonly line: number;
  readonly mprn: string;
  readonly bill: string;
  readonly account: string | null;
  readonly issued: string | null;
  readonly chargeType: string;
  readonly first: string | null;
  readonly last: string | null;
  /** Negative in a credit, however it is written. */
  readonly quantity: Decimal | null;
  readonly unit: string;
  readonly total: Decimal;
  readonly problem: RejectedRecord | null;
}

/** A line that cannot be read, and the bill it leaves incomplete. */
type Unread = RejectedRecord & {readonly bill: string};

/**
 * @throws FeedError where the first line is not the header: a column it needs is not there, or there twice.
 */
function parseLines(text: string): RecordFile<"bill"> {
  const [header, ...records] = recordsIn(text, ",");
  const missing = missingIn(header?.cells ?? []);
  if (header === undefined || missing.length > 0)
    throw new FeedError(`line ${header?.line ?? 1}: no single column is named: ${missing.join(", ")}`);
  const places = header.cells.map(plainName);
  const read = records.map(record => lineOf(record, column => record.cells[places.indexOf(names[column])] ?? ""));
  const unread = read.filter((line): line is Unread => isRejected(line));
  const lines = read.filter((line): line is ChargeLine => !isRejected(line));
  const partly = new Set(unread.map(({bill}) => bill));
  const judged = groupedBy(lines, ({mprn, bill}) => `${mprn}\n${bill}`).map(bill => judge(bill, partly));
  const rows = judged.flatMap(({rows}) => rows);
  const rejected = [
    ...unread.map(({line, rule, value}) => ({line, rule, value})),
    ...judged.flatMap(({rejected}) => rejected)
  ];
  const dropped = judged.filter(({isDropped}) => isDropped).length;
  return {rows, rejected, dropped, records: rows.length + rejected.length + dropped, issued: null};
}

function lineOf({line}: TableRecord, field: (column: Column) => string): ChargeLine | Unread {
  const bill = field("bill");
  const fail = (rule: string, value: string) => ({line, rule, value: shown(value), bill});
  const [written, total] = [amountOf(field("quantity")), amountOf(field("total"))];
  if (bill === "") return fail("a line has the number of its bill", "");
  if (isRounded(field("mprn"))) return fail("an MPRN is not rounded by a spreadsheet", field("mprn"));
  if (total === null) return fail("a line has a total in pounds", field("total"));
  if (written === null && field("quantity") !== "") return fail("a quantity is a number", field("quantity"));
  const isCredit = bill.startsWith("CR") && (written?.gt(0) ?? false);
  const quantity = isCredit && written !== null ? written.neg() : written;
  return {
    line,
    mprn: field("mprn"),
    bill,
    account: field("account") || null,
    issued: cellDate(field("billDate")),
    chargeType: field("chargeType"),
    first: cellDate(field("from")),
    last: cellDate(field("end")),
    quantity,
    unit: field("unit").toLowerCase(),
    total,
    problem: mispriced(line, quantity, field, total)
  };
}

/** Quantity × pence is the total, to the penny, whatever the signs: a credit may have its minus on either. */
function mispriced(
  line: number,
  quantity: Decimal | null,
  field: (column: Column) => string,
  total: Decimal
): RejectedRecord | null {
  const price = amountOf(field("price"));
  if (quantity === null || price === null || !/^p/i.test(field("priceUnit"))) return null;
  const pounds = quantity.times(price).times("0.01");
  if (areWithin(pounds.abs(), total.abs(), penny)) return null;
  const value = `${textOf(quantity)} × ${textOf(price)}: ${poundsText(total)}`;
  return {line, rule: "quantity at its price in pence is the total, to the penny", value};
}

const isVat = ({chargeType}: ChargeLine) => plainName(chargeType) === "vat";
const isCommodity = ({chargeType}: ChargeLine) => plainName(chargeType) === "wap";

function judge(lines: readonly ChargeLine[], partly: ReadonlySet<string>) {
  const rejected = lines.flatMap(({problem}) => problem ?? []);
  const commodity = lines.filter(isCommodity);
  const strange = commodity.flatMap(line => whyNoConsumption(line) ?? []);
  const isWhole = !partly.has(lines[0]?.bill ?? "");
  const periods = groupedBy(
    commodity.filter(line => isWhole && line.problem === null && whyNoConsumption(line) === null),
    ({first, last}) => `${first}\n${last}`
  );
  const rows = periods.map((found, index) => rowOf(found, lines, index === 0));
  return {rows, rejected: [...rejected, ...strange], isDropped: isWhole && commodity.length === 0};
}

function whyNoConsumption({line, first, last, quantity, unit}: ChargeLine): RejectedRecord | null {
  if (quantity === null || unit !== "kwh") return {line, rule: "a commodity line (WAP) is of kWh", value: shown(unit)};
  if (first === null || last === null) return {line, rule: "a charge period is of real dates", value: ""};
  return first <= last
    ? null
    : {line, rule: "a charge period ends on the day it begins or later", value: `${first}, ${last}`};
}

/** The amounts of a bill stand once, with its first row, so that rows add up to bills; VAT is not known where no line is of it. */
function rowOf(found: readonly ChargeLine[], all: readonly ChargeLine[], isFirst: boolean): BillPeriod {
  const [{line, mprn, bill, account, issued, first, last}] = found as [ChargeLine];
  const quantity = sumOf(found.map(line => line.quantity ?? zero));
  const vat = all.filter(isVat);
  const pounds = (lines: readonly ChargeLine[]) => poundsText(sumOf(lines.map(({total}) => total)));
  return {
    line,
    bill_id: `bgs/${bill}`,
    account,
    kind: bill.startsWith("CR") || quantity.lt(0) ? "credit" : "normal",
    issued_on: issued,
    meter: mprn || null,
    first_date: first ?? "",
    last_date: last ?? "",
    quantity: textOf(quantity),
    unit: "kWh",
    is_estimated: false,
    net_gbp: isFirst ? pounds(all.filter(line => !isVat(line))) : null,
    vat_gbp: isFirst && vat.length > 0 ? pounds(vat) : null,
    gross_gbp: isFirst && vat.length > 0 ? pounds(all) : null
  };
}
