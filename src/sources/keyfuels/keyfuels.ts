import type {FuelTransaction} from "../kinds.ts";
import {checkControl, issuedAt} from "./control.ts";
import {transactionOf, whyRejected} from "./drawing.ts";
import {recordsOf} from "./records.ts";

export {isKeyfuels} from "./fields.ts";

/** A drawing that no transaction was made of: its line, the rule it breaks, and the value that breaks it. */
export interface RejectedDrawing {
  readonly line: number;
  readonly rule: string;
  readonly value: string;
}

/** A file of drawings, proved by its control record. */
export interface FuelFile {
  readonly transactions: readonly FuelTransaction[];
  readonly rejected: readonly RejectedDrawing[];
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
