import {z} from "zod";
import {column, date, inFileOnly, oneOf, optional, text} from "../council/columns.ts";
import {defineRegister, type Lined, readRegister} from "../council/register.ts";
import type {Connection} from "../warehouse/connection.ts";
import {quoteText} from "../warehouse/connection.ts";
import {referenceFolder} from "./references.ts";

/** The only home of a threshold: from where something counts as whole, speaks or is doubted. */
export const thresholds = defineRegister({
  file: "thresholds.csv",
  description: "From where a year is whole, a rating speaks or a delivery is doubted.",
  table: null,
  key: ["threshold"],
  sharesADay: "a threshold has two values on one day",
  columns: {
    threshold: text("Its name, as models ask for it."),
    value: column(
      "double",
      z
        .string()
        .regex(/^-?\d{1,9}(\.\d{1,9})?$/, "a decimal number")
        .transform(Number),
      "The value."
    ),
    unit: inFileOnly(text("What the value counts.")),
    valid_from: date("The first day it holds."),
    valid_to: optional(date("The last day it holds; empty: still.")),
    why: inFileOnly(text("What it decides.")),
    confirmation: inFileOnly(oneOf(["confirmed", "unconfirmed"], "Whether somebody has confirmed it.")),
    who_could_confirm: inFileOnly(optional(text("Who could confirm it.")))
  }
});

/** A threshold and the days on which it holds. */
export type Threshold = Lined<{threshold: string; value: number; valid_from: string; valid_to: string | null}>;

/** Reads and checks them. */
export async function readThresholds(): Promise<readonly Threshold[]> {
  return readRegister(referenceFolder, thresholds);
}

/** The thresholds of a day (YYYY-MM-DD), by name. */
export function thresholdsOn(all: readonly Threshold[], asOf: string): ReadonlyMap<string, number> {
  const held = all.filter(({valid_from, valid_to}) => valid_from <= asOf && (valid_to === null || valid_to >= asOf));
  return new Map(held.map(({threshold, value}) => [threshold, value]));
}

/** Tells a connection the thresholds of a day (YYYY-MM-DD): the macro `threshold('whole_year')` reads them. */
export async function setThresholds(connection: Connection, all: readonly Threshold[], asOf: string): Promise<void> {
  const pairs = [...thresholdsOn(all, asOf)].map(([name, value]) => `${quoteText(name)}: ${value}::double`);
  await connection.run(`set variable thresholds = map {${pairs.join(", ")}}`);
}
