import {isRealDate} from "../../domain/dates.ts";
import type {FuelTransaction} from "../kinds.ts";
import {isClockTime} from "../text/dates.ts";
import {poundsText} from "../text/decimal.ts";
import {shown} from "../text/shown.ts";
import type {KeyfuelsField, KeyfuelsFields} from "./fields.ts";
import type {RejectedDrawing} from "./keyfuels.ts";
import type {KeyfuelsRecord} from "./records.ts";

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
export function whyRejected({line, field}: KeyfuelsRecord): RejectedDrawing | null {
  const broken = rules.find(rule => !rule.holds(field[rule.field]));
  return broken === undefined ? null : {line, rule: broken.rule, value: shown(field[broken.field])};
}

/** The transaction of a drawing that keeps to the rules. */
export function transactionOf({line, field, quantity, cost}: KeyfuelsRecord): FuelTransaction {
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
