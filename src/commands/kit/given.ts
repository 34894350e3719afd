import {CliError} from "../../errors.ts";
import type {Scope} from "../../ingest/withdraw.ts";

/** A day given on the command line, at midnight UTC; null where none was given. */
export function dayOf(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const day = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(day.getTime()))
    throw new CliError(`not a day: ${text}. Write it like 2026-03-29`, {exitCode: 2});
  return day;
}

/** The number of a load given on the command line. */
export function loadNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new CliError(`not the number of a load: ${text}. To list them: canopy loads`, {exitCode: 2});
  return Number(text);
}

/** A number of seconds given on the command line, up to a day. */
export function wholeSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d{1,5}$/.test(text) || seconds < 1 || seconds > 86_400)
    throw new CliError(`not a number of seconds from 1 to 86400: ${text}`, {exitCode: 2});
  return seconds;
}

/** The reason of a decision, which may not be empty. */
export function reasonGiven(why: string): string {
  if (why.trim() === "") throw new CliError("--why is empty: give a reason", {exitCode: 2});
  return why;
}

/** When a decision takes effect. */
export const nextBuild = "from the next build. To build now: canopy run";

/** Which part of a load is meant, on the command line. */
export interface ScopeOptions {
  readonly meterPoint?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Which part of a load is meant; all of it where nothing was given. */
export function scopeOf({meterPoint, from, to}: ScopeOptions): Scope {
  const date = (text: string | undefined) => dayOf(text)?.toISOString().slice(0, 10) ?? null;
  const scope = {meter_point_id: meterPoint ?? null, first_date: date(from), last_date: date(to)};
  if (scope.first_date !== null && scope.last_date !== null && scope.first_date > scope.last_date)
    throw new CliError("--to is before --from", {exitCode: 2});
  return scope;
}

/** A part of a load, said after its name. */
export const scopeText = ({meter_point_id, first_date, last_date}: Scope): string =>
  [
    meter_point_id === null ? "" : `, meter point ${meter_point_id}`,
    first_date === null ? "" : `, from ${first_date}`,
    last_date === null ? "" : `, to ${last_date}`
  ].join("");
