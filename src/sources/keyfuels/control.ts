import {isRealDate} from "../../domain/dates.ts";
import {FeedError} from "../../errors.ts";
import {isClockTime} from "../text/dates.ts";
import {poundsText, sumOf} from "../text/decimal.ts";
import type {KeyfuelsRecord, KeyfuelsRecords} from "./records.ts";

/**
 * Proves a file by its control record: as many drawings as it counts, and the litres and pounds it sums them to, to the hundredth, credits
 * taken off. All drawings count, those of no use too.
 *
 * @throws FeedError that names both values where they differ.
 */
export function checkControl({drawings, control}: KeyfuelsRecords): void {
  const counted = control.field.mileage;
  if (!/^\d+$/.test(counted) || Number(counted) !== drawings.length)
    throw new FeedError(
      `line ${control.line}: the control record counts "${counted}" drawings, and ${drawings.length} are there`
    );
  checkSum("quantity", drawings, control);
  checkSum("cost", drawings, control);
}

function checkSum(amount: "quantity" | "cost", drawings: readonly KeyfuelsRecord[], control: KeyfuelsRecord): void {
  const sum = sumOf(drawings.map(drawing => drawing[amount]));
  if (sum.eq(control[amount])) return;
  const [said, found] = [poundsText(control[amount]), poundsText(sum)];
  throw new FeedError(
    `line ${control.line}: the ${amount} of the control record is ${said}, and the drawings sum to ${found}`
  );
}

/**
 * When the file was made, by its control record, in British local time as written: `2026-06-23 02:00:00`. Null where both date and time
 * are blank.
 *
 * @throws FeedError where they are no date and time.
 */
export function issuedAt({line, field: {date, time}}: KeyfuelsRecord): string | null {
  if (date === "" && time === "") return null;
  if (isRealDate(date) && isClockTime(time)) return `${date} ${time}`;
  throw new FeedError(`line ${line}: "${date} ${time}" is no time at which a file is made (YYYY-MM-DD HH:MM:SS)`);
}
