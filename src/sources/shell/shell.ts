import {foldRegistration} from "../../domain/pseudonym.ts";
import {FeedError} from "../../errors.ts";
import {mileageAtPump} from "../fuel-cards/pump-mileage.ts";
import type {FuelTransaction} from "../kinds.ts";
import type {RecordFile, RecordFormat, RejectedRecord} from "../record-format.ts";
import {isNegative, negative} from "../text/decimal.ts";
import {exactJson, isObject, textOf} from "../text/json.ts";
import {occurrenceNames} from "../text/occurrences.ts";
import {oneOfEach} from "../text/one-of-each.ts";
import {type ShellSale, shellSale} from "./sale.ts";

/**
 * Shell's priced transactions: JSON, each with its quantity above nought, and a `CreditDebitCode` that says whether it is drawn (D) or given back (C).
 *
 * - A refund that is no credit, and a debit below nought, contradict themselves and are rejected.
 * - A cancelled sale that nothing in the file credits is a transaction of 0 litres and £0, so that it takes the place of an earlier answer's.
 * - A credit without an amount costs what the sale costs that it names and matches; a transaction without any amount is rejected.
 *
 * The line of a transaction is its place in the list, from 1. Transactions that are not priced yet are not sent, so old dates come late.
 */
export const shellTransactions: RecordFormat<"fuel"> = {
  name: "shell-priced-transactions",
  description: "Shell: priced transactions of fuel cards as JSON, credits told by their CreditDebitCode",
  evidence:
    "Field names of the provider's published client library; the names around the list and what the flags mean together are unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "fleet-fuel",
  kind: "fuel",
  provider: "shell",
  version: 1,
  isOf: ({head}) =>
    /^\ufeff?\s*\{/.test(head) &&
    /"(RequestId|Status)"\s*:/.test(head) &&
    /"(CreditDebitCode|TotalRecords)"\s*:/.test(head),
  parse: text => fileOf(salesIn(text))
};

/** @throws FeedError where the answer is an error, has no list, or the list is not as long as it says. */
function salesIn(text: string): readonly unknown[] {
  const body = exactJson(text);
  if (!isObject(body)) throw new FeedError("not an answer of Shell: no JSON object");
  const status = isObject(body.Status) ? body.Status : {};
  const code = textOf(status.Code);
  if (isObject(body.Error) || (code !== null && !/^0+$/.test(code)))
    throw new FeedError(`an answer of Shell that is an error: status ${code ?? "not said"}`);
  if (!Array.isArray(body.Data)) throw new FeedError("an answer of Shell without its list of transactions (Data)");
  const total = textOf(body.TotalRecords);
  const isOnePage = textOf(body.TotalPages) === "1";
  if (isOnePage && total !== null && Number(total) !== body.Data.length)
    throw new FeedError(`an answer of Shell that says ${total} transactions and has ${body.Data.length}`);
  return body.Data;
}

function fileOf(data: readonly unknown[]): RecordFile<"fuel"> {
  const read = data.map((record, index) => shellSale(record, index + 1));
  const sales = read.filter(sale => "quantity" in sale);
  const nameOf = occurrenceNames();
  const priced = sales.map(sale => ({sale, cost: costOf(sale, sales)}));
  const unpriced: RejectedRecord[] = priced
    .filter(({cost}) => cost === null)
    .map(({sale: {line}}) => ({line, rule: "a priced transaction has an amount", value: ""}));
  const found = priced.flatMap(({sale, cost}) => {
    if (cost === null) return [];
    const row = transactionOf(sale, cost, isVoid(sale, sales), nameOf);
    return [{row, key: row.transaction_id, version: null}];
  });
  const {rows, rejected, dropped} = oneOfEach(found);
  const broken = read.filter(sale => "rule" in sale);
  return {rows, rejected: [...broken, ...unpriced, ...rejected], dropped, records: data.length, issued: null};
}

const isCreditOf = (sale: ShellSale) => (other: ShellSale) =>
  other.isCredit && sale.itemId !== null && other.originalItemId === sale.itemId;

/** Whether a sale is cancelled, and no credit takes it back besides. */
function isVoid(sale: ShellSale, sales: readonly ShellSale[]): boolean {
  return sale.isCancelled && !sale.isCredit && !sales.some(isCreditOf(sale));
}

/** Pounds above nought or of none; those of the sale that a credit takes back where the credit has none itself. */
function costOf(sale: ShellSale, sales: readonly ShellSale[]): string | null {
  if (sale.cost !== null || !sale.isCredit) return sale.cost;
  const original = sales.find(other => isCreditOf(other)(sale));
  return original?.quantity === sale.quantity ? original.cost : null;
}

function transactionOf(
  sale: ShellSale,
  cost: string,
  isNothing: boolean,
  nameOf: (...said: readonly string[]) => string
): FuelTransaction {
  const signed = (amount: string) => (isNothing ? "0.00" : sale.isCredit ? negative(amount) : amount);
  const [quantity, cost_gbp] = [signed(sale.quantity), signed(cost)];
  const number = [sale.transactionId, sale.itemId].filter(part => part !== null).join("/");
  const credited = sale.isCredit ? "credit" : "";
  return {
    line: sale.line,
    transaction_id: number || nameOf(sale.drawnAt, sale.site, sale.product, sale.quantity, credited),
    drawn_at: sale.drawnAt,
    registration: foldRegistration(sale.registration) || null,
    fleet_number: null,
    product_code: sale.product,
    quantity,
    cost_gbp,
    mileage: mileageAtPump(sale.odometer),
    is_credit: isNegative(quantity) || isNegative(cost_gbp)
  };
}
