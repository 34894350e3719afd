import {isRealDate} from "../../domain/dates.ts";
import type {FuelTransaction} from "../kinds.ts";
import type {RejectedRecord} from "../record-format.ts";
import {isClockTime} from "../text/dates.ts";
import {poundsText} from "../text/decimal.ts";
import {shown} from "../text/shown.ts";
import {checkControl, issuedAt} from "./control.ts";
import type {KeyfuelsField, KeyfuelsFields} from "./fields.ts";
import {type KeyfuelsRecord, recordsOf} from "./records.ts";

export {isKeyfuels} from "./fields.ts";

/** A file of drawings, proved by its control record. */
export interface FuelFile {
  readonly transactions: readonly FuelTransaction[];
  readonly rejected: readonly RejectedRecord[];
  /** Records of type 1 in the file: transactions and rejected together. */
  readonly records: number;
  /** The control record's date and time: when the file was made, British local time; null where it has none. */
  readonly issued: string | null;
}

/**
 * Reads a Keyfuels E01, the drawings on a provider's fuel cards: quoted CSV without a header, 24 fields, and a control record last.
 *
 * The sign of the litres stands in field 17 and that of the pounds in field 19, after their amounts; a blank is a plus. A credit is
 * thus negative. The product and the vehicle are as written, and the same transaction may come twice: those are the caller's to judge.
 *
 * @throws FeedError where the file as a whole cannot be believed: a record of another shape or type, an amount that is no number, or a
 * control record that is not there, not last or does not agree.
 */
export function parseKeyfuels(text: string): FuelFile {
  const records = recordsOf(text);
  checkControl(records);
  const {drawings, control} = records;
  const rejected = drawings.map(whyRejected).filter(drawing => drawing !== null);
  const transactions = drawings.filter(drawing => whyRejected(drawing) === null).map(transactionOf);
  return {transactions, rejected, records: drawings.length, issued: issuedAt(control)};
}

type Rule = {readonly field: KeyfuelsField; readonly rule: string; readonly holds: (text: string) => boolean};

const isThere = (text: string) => text !== "";

const rules: readonly Rule[] = [
  {field: "transaction_number", rule: "a drawing has a transaction number", holds: isThere},
  {field: "sequence", rule: "a drawing has a sequence within its transaction", holds: isThere},
  {field: "date", rule: "the date is a real one, YYYY-MM-DD", holds: isRealDate},
  {field: "time", rule: "the time is a real one, HH:MM:SS", holds: isClockTime},
  {field: "product_code", rule: "a drawing has a product code", holds: isThere}
];

/** The first rule that a drawing breaks, and the value that breaks it; null where it keeps to all. */
function whyRejected({line, field}: KeyfuelsRecord): RejectedRecord | null {
  const broken = rules.find(rule => !rule.holds(field[rule.field]));
  return broken === undefined ? null : {line, rule: broken.rule, value: shown(field[broken.field])};
}

/** The transaction of a drawing that keeps to the rules. */
function transactionOf({line, field, quantity, cost}: KeyfuelsRecord): FuelTransaction {
  return {
    line,
    transaction_id: `${field.transaction_number}/${field.sequence}`,
    drawn_at: `${field.date} ${field.time}`,
    registration: registrationOf(field),
    fleet_number: /^0*([1-9]\d{0,5})$/.exec(field.fleet_number)?.[1] ?? null,
    product_code: field.product_code,
    quantity: poundsText(quantity),
    cost_gbp: poundsText(cost),
    mileage: mileageOf(field.mileage),
    is_credit: quantity.lt(0) || cost.lt(0)
  };
}

function registrationOf(field: KeyfuelsFields): string | null {
  const {transaction_registration, card_registration, primary_registration} = field;
  return withoutSpaces(transaction_registration || card_registration || primary_registration) || null;
}

const withoutSpaces = (text: string) => text.replace(/\s/g, "").toUpperCase();

/** What is typed at a pump by a driver who does not know or is in a hurry. */
const noMileages = [0, 1, 999_999, 9_999_999];

function mileageOf(text: string): number | null {
  const mileage = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  return noMileages.includes(mileage) ? null : mileage;
}
