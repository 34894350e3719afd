import {FeedError} from "../../errors.ts";
import {type Decimal, unsignedOf} from "../text/decimal.ts";
import {linesOf} from "../text/lines.ts";
import {shown} from "../text/shown.ts";
import {fieldsOf, type KeyfuelsFields, signs} from "./fields.ts";

/** One record: its line of the file, its fields without the spaces around them, and its amounts with their signs, exact. */
export interface KeyfuelsRecord {
  readonly line: number;
  readonly field: KeyfuelsFields;
  readonly quantity: Decimal;
  readonly cost: Decimal;
}

/** The drawings of a file, and the one control record that ends it. */
export interface KeyfuelsRecords {
  readonly drawings: readonly KeyfuelsRecord[];
  readonly control: KeyfuelsRecord;
}

/**
 * Reads the records of a file. Lines end as any system ends them; blank ones are passed over.
 *
 * @throws FeedError where a record is not one of 24 fields, of a type there is, with amounts that can be read; and where the control
 * record is not there, not alone or not last.
 */
export function recordsOf(text: string): KeyfuelsRecords {
  const drawings: KeyfuelsRecord[] = [];
  let control: KeyfuelsRecord | null = null;
  const lines = linesOf(text);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const field = fieldsOf(line, index + 1);
    checkPlace(index + 1, field.record_type, control);
    const record = recordOf(index + 1, field);
    if (field.record_type === "2") control = record;
    else drawings.push(record);
  }
  if (control !== null) return {drawings, control};
  throw new FeedError(`the file is cut off: ${drawings.length} drawings and no control record (type 2)`);
}

function checkPlace(line: number, type: string, control: KeyfuelsRecord | null): void {
  if (type !== "1" && type !== "2")
    throw new FeedError(`line ${line}: the record type is "${shown(type)}", not 1 or 2`);
  if (control === null) return;
  const what = type === "2" ? "a second control record" : "a drawing";
  throw new FeedError(`line ${line}: ${what} after the control record on line ${control.line}`);
}

function recordOf(line: number, field: KeyfuelsFields): KeyfuelsRecord {
  const amount = (name: "quantity" | "cost") => signed(line, name, field[name], field[`${name}_sign`]);
  return {line, field, quantity: amount("quantity"), cost: amount("cost")};
}

function signed(line: number, name: string, text: string, sign: string): Decimal {
  const size = unsignedOf(text, 2);
  if (size === null)
    throw new FeedError(
      `line ${line}: the ${name} "${shown(text)}" is no number of two decimals, so no sum can be proved`
    );
  if (!signs.includes(sign))
    throw new FeedError(`line ${line}: the sign of the ${name} is "${shown(sign)}", not + or -`);
  return sign === "-" ? size.neg() : size;
}
