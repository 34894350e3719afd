import {isRealDate} from "./dates.ts";

/** The date (YYYY-MM-DD) of a text YYMMDD of this century, as TRADACOMS writes it; null where it is none. */
export function shortDate(text: string): string | null {
  const [, year, month, day] = /^(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  return real(`20${year}-${month}-${day}`);
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * The date (YYYY-MM-DD) of a cell: `2026-06-30`, `30/06/2026`, `30/06/26`, `30-Jun-2026` or `30 June 2026`, with a time of day or without.
 * The day is always first, as in Britain; null where it is no such date, a spreadsheet's bare day number among them.
 */
export function cellDate(text: string): string | null {
  const bare = text.trim().replace(/[T ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$/, "");
  if (/^\d{4}-\d\d-\d\d$/.test(bare)) return real(bare);
  const [, day = "", month = "", year = ""] =
    /^(\d{1,2})[/ -]([A-Za-z]{3,9}|\d{1,2})[/ -](\d{4}|\d\d)$/.exec(bare) ?? [];
  const number = /^\d/.test(month) ? Number(month) : months.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  return real(`${year.padStart(4, "20")}-${String(number).padStart(2, "0")}-${day.padStart(2, "0")}`);
}

const real = (text: string) => (isRealDate(text) ? text : null);

/** The date so many days after a date there is. */
export function daysAfter(date: string, days: number): string {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}
