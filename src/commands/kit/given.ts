import {CliError} from "../../errors.ts";

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
