import {isClockTime, isRealDate} from "./dates.ts";

/** Digits of a reading that are kept: more is no dial. */
const mostDigits = 15;

/** Whether a text is what a register can stand at: digits, or digits, a point and digits, without a sign. */
export function isReading(text: string): boolean {
  return /^\d+(\.\d+)?$/.test(text) && text.replace(".", "").length <= mostDigits;
}

/** Whether a text is a British wall-clock time there may be: `2026-06-22 07:41:12`. */
export function isWallClock(text: string): boolean {
  return text.charAt(10) === " " && isRealDate(text.slice(0, 10)) && isClockTime(text.slice(11));
}

/** `dd/mm/yyyy` and `HH:MM` (or `H:MM`, or with seconds) as a wall-clock time; null where they are none. */
export function britishStamp(date: string, time: string): string | null {
  const [, day = "", month = "", year = ""] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(date) ?? [];
  const [, hour = "", minute = "", second = "00"] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(time) ?? [];
  const stamp = `${year}-${month}-${day} ${hour.padStart(2, "0")}:${minute}:${second}`;
  return isWallClock(stamp) ? stamp : null;
}

/** An ISO 8601 time with its offset or Z as an instant with Z; null where it is none, or has no offset and so could be either of two hours. */
export function instantOf(text: string): string | null {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.0+)?(Z|[+-]\d{2}:?\d{2})$/i.exec(text);
  if (match === null) return null;
  const [, date = "", time = "", offset = ""] = match;
  const clock = time.length === 5 ? `${time}:00` : time;
  const minutes = minutesEast(offset);
  if (!isRealDate(date) || !isClockTime(clock) || minutes === null) return null;
  const instant = isoOf(Date.parse(`${date}T${clock}Z`) - minutes * 60_000);
  return /^\d{4}-/.test(instant) ? instant : null;
}

/** Milliseconds since 1970 as an instant with Z, to the second. */
export function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}

const mostMinutesEast = 14 * 60;

function minutesEast(offset: string): number | null {
  if (/^z$/i.test(offset)) return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))];
  const size = 60 * hours + minutes;
  if (minutes > 59 || size > mostMinutesEast) return null;
  return offset.startsWith("-") ? -size : size;
}
