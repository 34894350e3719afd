import {checkEditionName} from "../editions/freeze.ts";
import {CliError} from "../errors.ts";
import type {Asked} from "./key.ts";

/** The order as it is asked for; what is not said is the end of the last month, the day as its name, and pages. */
export function askedOf(
  {asOf, edition, pages = true}: {readonly asOf?: string; readonly edition?: string; readonly pages?: boolean},
  now: Date
): Asked {
  const day = asOf ?? endOfLastMonth(now);
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(day) ||
    Number.isNaN(Date.parse(day)) ||
    new Date(day).toISOString().slice(0, 10) !== day
  )
    throw new CliError(`--as-of ${day}: a day is written 2026-10-31`, {exitCode: 2});
  if (day > now.toISOString().slice(0, 10)) throw new CliError(`--as-of ${day} is still to come`, {exitCode: 2});
  if (edition !== undefined) checkEditionName(edition);
  return {asOf: day, edition: edition ?? null, hasPages: pages};
}

const endOfLastMonth = (now: Date) =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 0)).toISOString().slice(0, 10);
