import type {BillPeriod} from "../kinds.ts";
import type {RecordFile, RecordFormat, RejectedRecord} from "../record-format.ts";
import {cellDate} from "../text/dates.ts";
import {amountOf, areWithin, type Decimal, penny, poundsText, sumOf, textOf} from "../text/decimal.ts";
import {firstLineOf} from "../text/file-start.ts";
import {parted} from "../text/judged.ts";
import {shown} from "../text/shown.ts";
import {isRounded, plainName, recordsIn, type TableRecord} from "../text/table.ts";
import {isEstimate, kindOf, withKind} from "./bill-kind.ts";

/** The first eleven columns of a layout, in order, by the names they go under; and where each read has its two types. */
interface Layout {
  readonly columns: readonly (readonly [Column, ...string[]])[];
  readonly readTypes: (cells: readonly string[]) => readonly string[];
}

type Column =
  | "type"
  | "account"
  | "meter"
  | "reference"
  | "issued"
  | "start"
  | "finish"
  | "kwh"
  | "net"
  | "vat"
  | "gross";

const amounts = [
  ["issued", "issuedate"],
  ["start", "startdate", "start"],
  ["finish", "finishdate", "finish"],
  ["kwh", "kwh"],
  ["net", "net", "netgbp"],
  ["vat", "vat", "vatgbp"],
  ["gross", "gross", "grossgbp"]
] as const;

const electricity: Layout = {
  columns: [
    ["type", "billtype", "invoicetype"],
    ["account", "accountreference", "account"],
    ["meter", "mpancore", "mpan", "mpans"],
    ["reference", "invoicereference", "reference"],
    ...amounts
  ],
  readTypes: electricityReadTypes
};

const gas: Layout = {
  columns: [
    ["reference", "ref", "reference", "billreference"],
    ["meter", "mprn"],
    ["type", "type", "billtype"],
    ["account", "account", "accountreference"],
    ...amounts
  ],
  readTypes: cells => widthsOf(cells, firstRead, 10).flatMap(read => [read[6] ?? "", read[9] ?? ""])
};

const firstRead = 12;

function widthsOf(cells: readonly string[], from: number, width: number): string[][] {
  const count = Math.max(0, Math.ceil((cells.length - from) / width));
  const groups = Array.from({length: count}, (_, index) =>
    cells.slice(from + index * width, from + (index + 1) * width)
  );
  return groups.filter(group => group.some(cell => cell !== ""));
}

/** Reads of eleven columns each; or, in a later form, each after the word `read` among charges after the word `element`. */
function electricityReadTypes(cells: readonly string[]): string[] {
  const types: string[] = [];
  if (!/^(read|element)$/i.test(cells[firstRead] ?? ""))
    return widthsOf(cells, firstRead, 11).flatMap(read => [read[7] ?? "", read[10] ?? ""]);
  for (let at = firstRead; at < cells.length; at += /^read$/i.test(cells[at] ?? "") ? 12 : 6)
    if (/^read$/i.test(cells[at] ?? "")) types.push(cells[at + 8] ?? "", cells[at + 11] ?? "");
  return types;
}

const shared = {
  evidence:
    "Column order and inclusive end dates as the public bill checker that defines the layout reads it; the finish is the start of the last half-hour of the period, or a day alone.",
  confirmation: "confirmed",
  feed: "utility-bills",
  kind: "bill",
  provider: "bill-csv",
  version: 1
} as const;

/** Electricity bills, one a row. The account stands before the number of the bill: the layout does not name the supplier. */
export const csvBillElectricity: RecordFormat<"bill"> = {
  ...shared,
  name: "bill-csv-electricity",
  description:
    "Electricity bills as CSV, one a row: bill type, account, MPAN, reference, dates, kWh, net, VAT, gross, reads",
  isOf: start => isLayout(firstLineOf(start), electricity),
  parse: text => parseBills(text, electricity)
};

/** Gas bills, one a row; the kWh are as billed. */
export const csvBillGas: RecordFormat<"bill"> = {
  ...shared,
  name: "bill-csv-gas",
  description: "Gas bills as CSV, one a row: reference, MPRN, bill type, account, dates, kWh, net, VAT, gross, reads",
  isOf: start => isLayout(firstLineOf(start), gas),
  parse: text => parseBills(text, gas)
};

function isLayout(line: string, {columns}: Layout): boolean {
  const header = line.replace(/^\ufeff/, "").split(",");
  return columns.every(([, ...names], index) => names.includes(plainName(header[index] ?? "")));
}

function parseBills(text: string, layout: Layout): RecordFile<"bill"> {
  const records = recordsIn(text, ",").filter(
    ({cells}) => !cells[0]?.startsWith("#") && !isLayout(cells.join(","), layout)
  );
  return {...parted(records.map(record => billOf(record, layout))), dropped: 0, records: records.length, issued: null};
}

function billOf({line, cells}: TableRecord, {columns, readTypes}: Layout): BillPeriod | RejectedRecord {
  const field = (column: Column) => cells[columns.findIndex(([name]) => name === column)] ?? "";
  const fail = (rule: string, value: string): RejectedRecord => ({line, rule, value: shown(value)});
  const [type, meter] = [field("type").toUpperCase(), field("meter")];
  const [first, last] = [cellDate(field("start")), cellDate(field("finish"))];
  const [kwh, net, vat, gross] = (["kwh", "net", "vat", "gross"] as const).map(column => amountOf(field(column)));
  if (!/^[NFW]$/.test(type)) return fail("a bill is normal, final or withdrawn: N, F, W", type);
  if (field("reference") === "") return fail("a bill has a reference", "");
  if (isRounded(meter)) return fail("a meter number is not rounded by a spreadsheet", meter);
  if (first === null) return fail("the start is a real date, YYYY-MM-DD", field("start"));
  if (last === null) return fail("the finish is a real date, YYYY-MM-DD", field("finish"));
  if (last < first) return fail("a period finishes on the day it starts or later", `${first}, ${last}`);
  if (!kwh) return fail("a bill has a number of kWh", field("kwh"));
  if (!net || !vat || !gross) return fail("net, VAT and gross are numbers", [net, vat, gross].map(said).join(", "));
  if (!areWithin(sumOf([net, vat]), gross, penny))
    return fail("net and VAT are the gross, to the penny", [net, vat, gross].map(said).join(", "));
  const billed = (amount: Decimal) => withKind(amount, type === "W");
  return {
    line,
    bill_id: [field("account"), field("reference")].filter(part => part !== "").join("/"),
    account: field("account") || null,
    kind: kindOf(type, kwh),
    issued_on: cellDate(field("issued")),
    meter: meter || null,
    first_date: first,
    last_date: last,
    quantity: textOf(billed(kwh)),
    unit: "kWh",
    is_estimated: readTypes(cells).some(isEstimate),
    net_gbp: poundsText(billed(net)),
    vat_gbp: poundsText(billed(vat)),
    gross_gbp: poundsText(billed(gross))
  };
}

const said = (amount: Decimal | null | undefined) => (amount ? textOf(amount) : "none");
