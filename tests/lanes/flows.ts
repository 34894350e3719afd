import {createHash} from "node:crypto";
import {type DeliveredFile, halfHoursOf} from "../support/oracle.ts";

/** One day of one quantity of a meter, as a collector would write it. */
export interface FlowDay {
  readonly mpan: string;
  readonly quantity: string;
  /** ISO. */
  readonly date: string;
  /** Status and value of each record 103, in order. */
  readonly readings: readonly (readonly [status: string, value: string])[];
}

/** A D0036 of these days: a group 101 for each, between a header and a trailer that counts them. `issued` is YYYYMMDDHHMMSS. */
export function flowFile(days: readonly FlowDay[], issued: string, flag = "OPER"): string {
  const body = days.flatMap(({mpan, quantity, date, readings}) => [
    `101|${mpan}|${quantity}|CNPY|`,
    `102|${date.replaceAll("-", "")}|`,
    ...readings.map(([status, value]) => `103|${status}|${value}|`)
  ]);
  const header = `ZHV|0000000077|D0036001|C|TEST|X|CNPY|${issued}||||${flag}|`;
  return [header, ...body, `ZPT|0000000077|${body.length}||${days.length}|${issued}|`, ""].join("\r\n");
}

/** As many readings as the date has half-hours, each of its own value. */
export function readingsOf(date: string, status: string, from: number): (readonly [string, string])[] {
  const halfHours = halfHoursOf(date);
  return halfHours.map(
    (_, index) => [status, (from + (((index * 7) % halfHours.length) + 1) / 100).toFixed(2)] as const
  );
}

/** What the oracle makes of a file of days: import as it is, export under the name of the meter and `AE`. */
export function deliveredFlow(days: readonly FlowDay[], issuedAt: string, receivedAt: string): DeliveredFile {
  const text = flowFile(days, issuedAt.replaceAll(/\D/g, ""));
  const rows = days
    .filter(({quantity}) => quantity === "AI" || quantity === "AE")
    .map(({mpan, quantity, date, readings}) => ({
      mpan: quantity === "AE" ? `${mpan} AE` : mpan,
      date,
      clock: "periods" as const,
      status: readings.map(([status]) => (status === "E" ? ("estimated" as const) : ("actual" as const))),
      cells: readings.map(([, value]) => (value === "" ? null : Number(value)))
    }));
  return {sha256: createHash("sha256").update(text).digest("hex"), issuedAt, receivedAt, rows};
}
