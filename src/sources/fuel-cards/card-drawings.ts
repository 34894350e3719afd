import {cellsOf} from "../../domain/csv.ts";
import {isRealDate} from "../../domain/dates.ts";
import {foldRegistration} from "../../domain/pseudonym.ts";
import {FeedError} from "../../errors.ts";
import type {FuelTransaction} from "../kinds.ts";
import type {RejectedRecord} from "../record-format.ts";
import {clockTime} from "../text/dates.ts";
import {type Decimal, numberOf, poundsText, shifted, zero} from "../text/decimal.ts";
import {filledLines} from "../text/lines.ts";
import {shown} from "../text/shown.ts";
import {mileageAtPump} from "./pump-mileage.ts";

/** The fields that UK Fuels and Texaco have in common, in order; those without a meaning here are numbered. */
const names = [
  "batch",
  "division",
  "client_type",
  "customer",
  "site",
  "date",
  "time",
  "card",
  "registration",
  "field_9",
  "mileage",
  "quantity",
  "product",
  "receipt",
  "field_14",
  "field_15",
  "month",
  "week",
  "item_number",
  "price",
  "card_or_iso_number"
] as const;

export type CardDrawingFields = Readonly<Record<(typeof names)[number], string>>;

/** One drawing as it stands in a file: its line and its fields, without the spaces around them. */
export interface CardDrawing {
  readonly line: number;
  readonly field: CardDrawingFields;
}

/** A line of a file that is not blank: its number and its cells, without quotes and the spaces around them. */
export interface CardLine {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The lines of a file, however they end.
 *
 * @throws FeedError where a quote has no partner, or a NUL says that the text is another encoding's. It quotes nothing: a record names a card.
 */
export function cardLines(text: string): CardLine[] {
  if (text.includes("\0"))
    throw new FeedError("the file holds NUL characters: it is no plain text, or cut off in writing");
  return filledLines(text).map(({line, text}) => {
    if (text.split('"').length % 2 === 0) throw new FeedError(`line ${line}: a quote without its partner`);
    return {line, cells: cellsOf(text, ",").map(cell => cell.trim())};
  });
}

/**
 * The drawing of a line.
 *
 * @throws FeedError where its fields are not 21.
 */
export function drawingOf({line, cells}: CardLine): CardDrawing {
  if (cells.length !== names.length)
    throw new FeedError(`line ${line}: ${cells.length} fields where ${names.length} belong`);
  return {line, field: Object.fromEntries(names.map((name, index) => [name, cells[index]])) as CardDrawingFields};
}

/** The fields of a first line where it is a drawing of either provider; null where it is none. */
export function firstDrawing(firstLine: string): CardDrawingFields | null {
  const cells = cellsOf(firstLine.replace(/^\ufeff/, ""), ",").map(cell => cell.trim());
  if (cells.length !== names.length) return null;
  const {field} = drawingOf({line: 1, cells});
  const isOne = /^\d{6}$/.test(field.date) && /^\d{4}$/.test(field.time) && hundredths(field.quantity) !== null;
  return isOne && hundredths(field.price) !== null ? field : null;
}

/** An amount of whole hundredths, "00004512" for 45.12, with a sign before it or none; null where it is none. */
export function hundredths(text: string): Decimal | null {
  const number = /^[+-]?\d{1,9}$/.test(text) ? numberOf(text) : null;
  return number === null ? null : shifted(number, 2);
}

const rules: readonly {field: keyof CardDrawingFields; rule: string; holds: (text: string) => boolean}[] = [
  {field: "date", rule: "the date is a real one, DDMMYY", holds: text => isRealDate(dateOf(text))},
  {field: "time", rule: "the time is a real one, HHMM", holds: text => text.length === 4 && clockTime(text) !== null},
  {field: "item_number", rule: "a drawing has an item transaction number", holds: text => text !== ""},
  {field: "product", rule: "a drawing has a product code", holds: text => text !== ""},
  {field: "quantity", rule: "the quantity is a whole number of hundredths", holds: text => hundredths(text) !== null},
  {field: "price", rule: "the price is a whole number of hundredths", holds: text => hundredths(text) !== null}
];

const dateOf = (text: string) => text.replace(/^(\d\d)(\d\d)(\d\d)$/, "20$3-$2-$1");

/** The first rule that a drawing breaks, and the value that breaks it; null where it keeps to all. */
export function drawingRejected({line, field}: CardDrawing): RejectedRecord | null {
  const broken = rules.find(({field: name, holds}) => !holds(field[name]));
  return broken === undefined ? null : {line, rule: broken.rule, value: shown(field[broken.field])};
}

/** The transaction of a drawing that keeps to the rules. Item numbers may begin anew, so its day and minute are in its name. */
export function transactionOfDrawing({line, field}: CardDrawing): FuelTransaction {
  const [date, time] = [dateOf(field.date), clockTime(field.time)];
  const [quantity, cost] = [hundredths(field.quantity) ?? zero, hundredths(field.price) ?? zero];
  return {
    line,
    transaction_id: `${field.item_number}/${date}T${field.time}`,
    drawn_at: `${date} ${time}`,
    registration: foldRegistration(field.registration) || null,
    fleet_number: null,
    product_code: field.product.toUpperCase(),
    quantity: poundsText(quantity),
    cost_gbp: poundsText(cost),
    mileage: mileageAtPump(field.mileage),
    is_credit: quantity.lt(0) || cost.lt(0)
  };
}
