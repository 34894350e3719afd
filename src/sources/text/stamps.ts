import {FeedError} from "../../errors.ts";
import {isClockTime, isRealDate} from "./dates.ts";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * A date as written in Britain, as YYYY-MM-DD: 22/06/2026, 22-06-2026, 22.06.2026, 22 Jun 2026 and 2026-06-22. Null where it is none there is. A year of
 * two digits could be a day: it is none.
 */
export function britishDate(text: string): string | null {
  const [, day = "", month = "", year] = /^(\d{1,2})[/.\- ](\d{1,2}|[A-Za-z]{3})[/.\- ](\d{4})$/.exec(text) ?? [];
  if (year === undefined) return isRealDate(text) ? text : null;
  const number = /\d/.test(month) ? month : String(months.indexOf(month.toLowerCase()) + 1);
  return realDate(year, number, day);
}

function realDate(year: string, month: string, day: string): string | null {
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isRealDate(date) ? date : null;
}

/** A time of day as HH:MM:SS: 7:41, 07:41, 0741 and 07:41:12. Null where it is none there is. */
export function clockTime(text: string): string | null {
  const [, hour, minute, second = "00"] = /^(\d{1,2}):?(\d{2})(?::(\d{2}))?$/.exec(text) ?? [];
  const time = `${hour?.padStart(2, "0")}:${minute}:${second}`;
  return isClockTime(time) ? time : null;
}

/** A date and a time in one text, as British local time without a zone; null where it is none. */
export function britishStamp(text: string): string | null {
  const [, day = "", time = ""] = /^(.{8,11}?)(?:T|\s{1,3})(\d{1,2}:\d{2}(?::\d{2})?)$/.exec(text) ?? [];
  const [date, clock] = [britishDate(day), clockTime(time)];
  return date === null || clock === null ? null : `${date} ${clock}`;
}

/**
 * A day first and a month after it is how dates are read: one that is a date only the other way round says that all are.
 *
 * @throws FeedError that names the line.
 */
export function refuseMonthFirst(dates: readonly {readonly line: number; readonly text: string}[]): void {
  for (const {line, text} of dates) {
    const [, first = "", second = "", year = ""] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?=\s|T|$)/.exec(text) ?? [];
    if (year !== "" && realDate(year, second, first) === null && realDate(year, first, second) !== null)
      throw new FeedError(
        `line ${line}: "${first}/${second}/${year}" is a date with the month first, so no date of the file is sure`
      );
  }
}

/**
 * An instant of ISO 8601 in UTC, to the second or millisecond: "2026-06-22T07:41:12+01:00" is "2026-06-22T06:41:12Z". One without a zone is in UTC. Null
 * where it is none.
 */
export function utcInstant(text: string): string | null {
  const [, date = "", time = "", fraction = "", zone = "Z"] =
    /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?$/i.exec(text) ?? [];
  if (!isRealDate(date) || !isClockTime(time)) return null;
  const minutes = minutesAhead(zone);
  if (minutes === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = `${date}:${time}`.split(/[-:]/).map(Number);
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, "0"));
  const instant = Date.UTC(year, month - 1, day, hour, minute - minutes, second, milliseconds);
  return new Date(instant).toISOString().replace(".000Z", "Z");
}

/** How far a zone such as +01:00 is ahead of UTC; null where there is none so far. */
export function minutesAhead(zone: string): number | null {
  if (/^Z$/i.test(zone)) return 0;
  const [, sign, hours, minutes] = /^([+-])(0\d|1[0-4]):?([0-5]\d)$/.exec(zone) ?? [];
  if (sign === undefined) return null;
  return (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
}
