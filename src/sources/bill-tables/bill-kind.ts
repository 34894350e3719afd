import type {BillPeriod} from "../kinds.ts";
import type {Decimal} from "../text/decimal.ts";

/** The kind of a bill of type N, F or W: one of less than nothing that is not withdrawn is a credit. */
export function kindOf(type: string, quantity: Decimal): BillPeriod["kind"] {
  if (type === "W") return "withdrawn";
  if (quantity.lt(0)) return "credit";
  return type === "F" ? "final" : "normal";
}

/** An amount as it was billed: a withdrawn bill may be written with its amounts taken off, and is the bill it withdraws all the same. */
export const withKind = (amount: Decimal, isWithdrawn: boolean): Decimal => (isWithdrawn ? amount.abs() : amount);

/** Read types of the electricity and gas industries that are no estimate; any other is one, a blank among them. */
const actual = new Set([
  "A",
  "ACTUAL",
  "N",
  "NORMAL",
  "N3",
  "C",
  "CUSTOMER",
  "CP",
  "F",
  "I",
  "R",
  "Q",
  "W",
  "X",
  "Z",
  "IF"
]);
const metered = new Set(["AMR", "SMART", "HH", "REMOTE", "MANUAL", "PHYSICAL"]);

/** Whether a read of a type, by its letters or in words, is an estimate. A type that is not known is one. */
export function isEstimate(readType: string): boolean {
  const type = readType.trim().toUpperCase();
  return !actual.has(type) && !metered.has(type);
}
