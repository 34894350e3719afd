import {isRealDate} from "../../domain/dates.ts";
import {FeedError} from "../../errors.ts";

/**
 * Dates and times as suppliers write them: what is read is said here, once. A day is before its month, as in Britain; nothing is guessed, and what is no
 * date there is, is null. A date is YYYY-MM-DD; a time of the British clock is `2026-06-22 07:41:12`; an instant has its Z.
 */
const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december"
];

/** The number of a month, from 1, by its English name or the first three letters of it or more; null where it is none. */
export function monthNumber(name: string): number | null {
  const index = name.length < 3 ? -1 : months.findIndex(month => month.startsWith(name.toLowerCase()));
  return index === -1 ? null : index + 1;
}

const real = (text: string) => (isRealDate(text) ? text : null);
const dated = (year: string, month: string, day: string) =>
  real(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);

/**
 * A date as written in Britain: 22/06/2026, 22-06-2026, 22.06.2026, 22 Jun 2026, 22 June 2026 and 2026-06-22. A year of two digits could be a day: it is
 * none, unless the source writes them so (`years` "short too"), and then of this century.
 */
export function britishDate(text: string, years: "long" | "short too" = "long"): string | null {
  const [, day = "", month = "", year] =
    /^(\d{1,2})[/.\- ](\d{1,2}|[A-Za-z]{3,9})[/.\- ](\d{4}|\d{2})$/.exec(text) ?? [];
  if (year === undefined) return real(text);
  if (year.length === 2 && years === "long") return null;
  const number = /\d/.test(month) ? month : String(monthNumber(month) ?? 0);
  return dated(year.padStart(4, "20"), number, day);
}

/** The date of a cell that people or spreadsheets wrote, with a time of day or without: a British date, whose year may be short. */
export function cellDate(text: string): string | null {
  return britishDate(text.trim().replace(/[T ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$/, ""), "short too");
}

/** The date of a text YYMMDD of this century, as TRADACOMS writes it. */
export function shortDate(text: string): string | null {
  const [, year, month = "", day = ""] = /^(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  return dated(`20${year}`, month, day);
}

/** Whether a text is a time of day, written HH:MM:SS, from 00:00:00 to 23:59:59. */
export function isClockTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(text);
}

/** Whether a text is a time of the British clock: a date and a time of day. It may be in the hour that does not come, which only the clock knows. */
export function isWallClock(text: string): boolean {
  return text.charAt(10) === " " && isRealDate(text.slice(0, 10)) && isClockTime(text.slice(11));
}

/** A time of day as HH:MM:SS: 7:41, 07:41, 0741 and 07:41:12. */
export function clockTime(text: string): string | null {
  const [, hour, minute, second = "00"] = /^(\d{1,2}):?(\d{2})(?::(\d{2}))?$/.exec(text) ?? [];
  const time = `${hour?.padStart(2, "0")}:${minute}:${second}`;
  return isClockTime(time) ? time : null;
}

/** A British date and a time of day, in one text or in two, as a time of the British clock. */
export function britishStamp(text: string, time?: string): string | null {
  if (time === undefined) {
    const [, day = "", clock = ""] = /^(.{8,11}?)(?:T|\s{1,3})(\d{1,2}:\d{2}(?::\d{2})?)$/.exec(text) ?? [];
    return britishStamp(day, clock);
  }
  const [date, clock] = [britishDate(text), clockTime(time)];
  return date === null || clock === null ? null : `${date} ${clock}`;
}

/** A date dd/mm/yyyy and a time with its colon, of a source that writes them in no other way, as a time of the British clock. */
export function slashedStamp(date: string, time: string): string | null {
  return /^\d\d\/\d\d\/\d{4}$/.test(date) && time.includes(":") ? britishStamp(date, time) : null;
}

/**
 * A day first and a month after it is how dates are read: one that is a date only the other way round says that all are.
 *
 * @throws FeedError that names the line.
 */
export function refuseMonthFirst(dates: readonly {readonly line: number; readonly text: string}[]): void {
  for (const {line, text} of dates) {
    const [, first = "", second = "", year = ""] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?=\s|T|$)/.exec(text) ?? [];
    if (year !== "" && dated(year, second, first) === null && dated(year, first, second) !== null)
      throw new FeedError(
        `line ${line}: "${first}/${second}/${year}" is a date with the month first, so no date of the file is sure`
      );
  }
}

const stamp = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * The instant of a stamp, to the millisecond: `2026-06-22T07:41:12.5+01:00`, with seconds or without. One that does not say how far it is from UTC could
 * be either of two hours: it is null, unless the source is known to write UTC.
 */
export function instantOf(text: unknown, unsaid: "no instant" | "UTC" = "no instant"): Date | null {
  const [, date = "", minute = "", second = "00", fraction = "", zone = unsaid === "UTC" ? "Z" : ""] =
    stamp.exec(typeof text === "string" ? text : "") ?? [];
  const ahead = minutesAhead(zone);
  if (!isRealDate(date) || !isClockTime(`${minute}:${second}`) || ahead === null) return null;
  const local = Date.parse(`${date}T${minute}:${second}.${fraction.slice(0, 3).padEnd(3, "0")}Z`);
  const instant = new Date(local - ahead * 60_000);
  return /^\d{4}-/.test(instant.toISOString()) ? instant : null;
}

/** The instant of a stamp as text with its Z; one without a zone is in UTC. */
export function utcInstant(text: string): string | null {
  const instant = instantOf(text, "UTC");
  return instant === null ? null : utcText(instant);
}

/** An instant as text, to the second where it is on one: `2026-06-22T06:41:12Z`. */
export const utcText = (instant: Date): string => instant.toISOString().replace(".000Z", "Z");

const mostMinutesAhead = 14 * 60;

/** How far a zone such as +01:00 is ahead of UTC; null where there is none so far. */
export function minutesAhead(zone: string): number | null {
  if (/^Z$/i.test(zone)) return 0;
  const [, sign, hours, minutes] = /^([+-])(\d\d):?([0-5]\d)$/.exec(zone) ?? [];
  const size = 60 * Number(hours) + Number(minutes);
  if (sign === undefined || size > mostMinutesAhead) return null;
  return sign === "-" ? -size : size;
}
