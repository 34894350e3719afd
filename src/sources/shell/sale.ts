import type {RejectedRecord} from "../record-format.ts";
import {britishDate, clockTime, utcInstant} from "../text/dates.ts";
import {exactDecimal, isNegative, negative} from "../text/decimal.ts";
import {isObject, textOf} from "../text/json.ts";
import {shown} from "../text/shown.ts";

/** One sale or credit as Shell sends it, with amounts above nought. */
export interface ShellSale {
  readonly line: number;
  readonly transactionId: string | null;
  readonly itemId: string | null;
  readonly originalItemId: string | null;
  readonly site: string;
  readonly registration: string;
  readonly odometer: string;
  /** In UTC where the offset is said, else British local time. */
  readonly drawnAt: string;
  readonly product: string;
  readonly quantity: string;
  /** Null where not said. */
  readonly cost: string | null;
  readonly isCredit: boolean;
  readonly isCancelled: boolean;
}

/** Reads one record of the list; rejected where it breaks a rule or contradicts itself. */
export function shellSale(record: unknown, line: number): ShellSale | RejectedRecord {
  const broken = (rule: string, value: string | null) => ({line, rule, value: shown(value ?? "")});
  if (!isObject(record)) return broken("a transaction is a JSON object", null);
  const text = (name: string) => textOf(record[name]);

  const code = text("CreditDebitCode")?.toUpperCase() ?? null;
  if (code !== "C" && code !== "D") return broken("a transaction is a credit (C) or a debit (D)", code);
  const isCredit = code === "C";
  if (isFlag(record.RefundFlag) && !isCredit) return broken("a refund is a credit", code);

  const drawnAt = drawnAtOf(text("TransactionDate"), text("TransactionTime"), text("UTCOffset"));
  if (drawnAt === null) return broken("the date, time and offset are real ones", text("TransactionDate"));
  const product = text("ProductCode")?.toUpperCase() ?? null;
  if (product === null) return broken("a transaction has a product code", null);

  const quantity = exactDecimal(text("Quantity") ?? "", 2);
  if (quantity === null) return broken("the quantity is a number", text("Quantity"));
  const said = text("TransactionNetAmount");
  const cost = said === null ? null : exactDecimal(said, 2);
  if (said !== null && cost === null) return broken("the amount is a number", said);
  if (!isCredit && isNegative(quantity)) return broken("a debit is not below nought", quantity);

  return {
    line,
    transactionId: text("TransactionId"),
    itemId: text("SalesItemId"),
    originalItemId: text("OriginalSalesItemId"),
    site: text("SiteCode") ?? "",
    registration: text("VehicleRegistration") ?? "",
    odometer: text("OdometerInput") ?? "",
    drawnAt,
    product,
    quantity: isCredit ? sizeOf(quantity) : quantity,
    cost: cost !== null && isCredit ? sizeOf(cost) : cost,
    isCredit,
    isCancelled: isFlag(record.IsCancelled)
  };
}

const sizeOf = (amount: string) => negative(amount).replace(/^-/, "");
const isFlag = (thing: unknown) => thing === true || /^(Y|true)$/i.test(textOf(thing) ?? "");

function drawnAtOf(day: string | null, clock: string | null, offset: string | null): string | null {
  const date = britishDate((day ?? "").replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3"));
  const time = clockTime(clock ?? "");
  if (date === null || time === null) return null;
  return offset === null ? `${date} ${time}` : utcInstant(`${date}T${time}${offset}`);
}
