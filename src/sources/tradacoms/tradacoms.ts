import type {BillPeriod} from "../kinds.ts";
import type {RecordFile, RecordFormat, RejectedRecord} from "../record-format.ts";
import {isClockTime, shortDate} from "../text/dates.ts";
import {type Decimal, poundsText, sumOf} from "../text/decimal.ts";
import {isRejected} from "../text/judged.ts";
import {type Bill, billOf, type Sender} from "./bill.ts";
import {amountsOf} from "./lines.ts";
import {beginsAsUtilityBills, part, type Segment, type Transmission, transmissionOf} from "./segments.ts";

/** Utility bills as British suppliers send them to large customers. The supplier's own ways are in `suppliers.ts`. */
export const tradacoms: RecordFormat<"bill"> = {
  name: "tradacoms-utility-bill",
  description:
    "TRADACOMS utility bills (UTLHDR, UTLBIL, UVATLR, UTLTLR): a row for each bill, meter point and period, with the day and night registers added and consumption counted once. A record is one such row, or a bill that gives none; charges and totals that do not add up are given as rejected beside them. The line is the number of the segment.",
  evidence:
    "Segments, elements and code lists as the standard's published schema has them, and what suppliers do as a public bill importer reads them; the two real files seen had their figures scrambled, and the release character is from the standard alone. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "utility-bills",
  kind: "bill",
  provider: "utility-suppliers",
  version: 1,
  isOf: ({head}) => beginsAsUtilityBills(head),
  parse: (text, {meterPointId}) => parseTradacoms(text, meterPointId)
};

/**
 * @throws FeedError where the transmission is cut off, or is not as many messages and segments as it counts.
 */
function parseTradacoms(text: string, meterPointId: string | null): RecordFile<"bill"> {
  const transmission = transmissionOf(text);
  const sender = senderOf(transmission);
  const bills = transmission.messages
    .filter(({type}) => type === "UTLBIL")
    .map(message => billOf(message, sender, meterPointId));
  const {rows, rejected: different, repeated} = eachOnce(bills.flatMap(({rows}) => rows));
  const rejected = [...bills.flatMap(bill => bill.rejected), ...different, ...whyTotalsDiffer(transmission, bills)];
  const dropped = bills.filter(bill => bill.dropped === 1).length + repeated;
  return {rows, rejected, dropped, records: rows.length + rejected.length + dropped, issued: issuedAt(transmission)};
}

function senderOf({start, messages}: Transmission): Sender {
  const supplier = messages.flatMap(({segments}) => segments).find(({code}) => code === "SDT");
  const [code, name] = [part(start, 1, 0), part(start, 1, 1)];
  const named = supplier === undefined ? [] : [part(supplier, 1, 0), part(supplier, 0, 0)];
  const names = [name, ...named, code].filter(text => text !== "");
  return {names, shortName: shortNameOf(code || names[0] || "unnamed")};
}

const shortNameOf = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

function issuedAt({start}: Transmission): string | null {
  const date = shortDate(part(start, 3, 0));
  const time = part(start, 3, 1).replace(/^(\d\d)(\d\d)(\d\d)$/, "$1:$2:$3");
  return date !== null && isClockTime(time) ? `${date} ${time}` : null;
}

/** A bill that comes twice in a file counts once; with other figures the second time, the second is rejected. */
function eachOnce(all: readonly BillPeriod[]) {
  const seen = new Map<string, string>();
  const rows: BillPeriod[] = [];
  const rejected: RejectedRecord[] = [];
  for (const row of all) {
    const key = [row.bill_id, row.kind, row.meter, row.first_date, row.last_date].join("\n");
    const figures = JSON.stringify({...row, line: 0});
    const before = seen.get(key);
    if (before === undefined) rows.push(row);
    else if (before !== figures)
      rejected.push({line: row.line, rule: "a bill that comes twice has the same figures", value: row.quantity});
    if (before === undefined) seen.set(key, figures);
  }
  return {rows, rejected, repeated: all.length - rows.length - rejected.length};
}

/** The totals of the file (TTL) that its bills do not add up to. Its bills stand. */
function whyTotalsDiffer({messages}: Transmission, bills: readonly Bill[]): RejectedRecord[] {
  const totals = messages.filter(({type}) => type === "UTLTLR").flatMap(({segments}) => segments);
  return totals.filter(({code}) => code === "TTL").flatMap(total => whyTotalDiffers(total, bills));
}

function whyTotalDiffers(total: Segment, bills: readonly Bill[]): RejectedRecord[] {
  const said = amountsOf(total, {net: 0, vat: 1});
  if (isRejected(said)) return [said];
  const counted = part(total, 5, 0);
  const count =
    counted === "" || Number(counted) === bills.length ? [] : [[counted, String(bills.length), "number of bills"]];
  const amount = (name: "net" | "vat", told: Decimal | null) => {
    const sum = sumOf(bills.flatMap(bill => bill[name] ?? []));
    if (told === null || told.eq(sum)) return [];
    return [[poundsText(told), poundsText(sum), name === "net" ? "net (FASU)" : "VAT (UVAT)"]];
  };
  return [...amount("net", said.net), ...amount("vat", said.vat), ...count].map(([told, found, what]) => ({
    line: total.line,
    rule: `file total: ${what} is that of its bills`,
    value: `${told}, ${found}`
  }));
}
