import {cellsOf} from "../../domain/csv.ts";
import {FeedError} from "../../errors.ts";

/** The fields of both kinds of record, in order; a control record holds its own batch, counts and sums in those of a drawing. */
const names = [
  "record_type",
  "transaction_number",
  "sequence",
  "transaction_type",
  "date",
  "time",
  "period",
  "site_code",
  "pump",
  "card_number",
  "customer_code",
  "customer_account",
  "primary_registration",
  "mileage",
  "fleet_number",
  "product_code",
  "quantity",
  "quantity_sign",
  "cost",
  "cost_sign",
  "spare",
  "is_mileage_accurate",
  "card_registration",
  "transaction_registration"
] as const;

export type KeyfuelsField = (typeof names)[number];

/** The fields of one record by name, without the spaces around them. */
export type KeyfuelsFields = Readonly<Record<KeyfuelsField, string>>;

/** How an amount's sign may stand in the field after it; a blank is a plus. */
export const signs: readonly string[] = ["+", "-", ""];

/**
 * The fields of one line of a file.
 *
 * @throws FeedError where they are not 24, or a quote among them is not one of a pair. It quotes nothing: a record names a card and a
 * vehicle.
 */
export function fieldsOf(text: string, line: number): KeyfuelsFields {
  if (text.split('"').length % 2 === 0) throw new FeedError(`line ${line}: a quote without its partner`);
  const cells = cellsOf(text, ",").map(cell => cell.trim());
  if (cells.length !== names.length)
    throw new FeedError(`line ${line}: ${cells.length} fields where ${names.length} belong`);
  return Object.fromEntries(names.map((name, index) => [name, cells[index]])) as KeyfuelsFields;
}

/**
 * Whether the first line of a text is a record of this format: 24 fields, of type 1 or 2, with a number of digits after it and signs where
 * signs belong.
 */
export function isKeyfuels(firstLine: string): boolean {
  try {
    const field = fieldsOf(firstLine.replace(/^\ufeff/, ""), 1);
    const isSigned = signs.includes(field.quantity_sign) && signs.includes(field.cost_sign);
    return /^[12]$/.test(field.record_type) && /^\d+$/.test(field.transaction_number) && isSigned;
  } catch (error) {
    if (error instanceof FeedError) return false;
    throw error;
  }
}
