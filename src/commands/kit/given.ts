import {CliError} from "../../errors.ts";

/** A day given on the command line, at midnight UTC; null where none was given. */
export function dayOf(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const day = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(day.getTime()))
    throw new CliError(`a day is written like 2026-03-29: ${text}`, {exitCode: 2});
  return day;
}

/** The number of a load given on the command line. */
export function loadNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new CliError(`a load has a number, as canopy loads lists them: ${text}`, {exitCode: 2});
  return Number(text);
}
