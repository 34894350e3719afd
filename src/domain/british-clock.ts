import {dateOf} from "./dates.ts";

const hour_ms = 3_600_000;
const march = 2;
const october = 9;

/**
 * The clock of Great Britain by the rule in force since 1996: it goes forward at 01:00 UTC on the last Sunday of March, and back at 01:00 UTC on the last
 * Sunday of October. Earlier years are read by the same rule. SQL has its own way to the same clock, the macro `local_time`.
 */
function changeIn(year: number, month: typeof march | typeof october): number {
  const last = new Date(Date.UTC(year, month, 31));
  return Date.UTC(year, month, 31 - last.getUTCDay(), 1);
}

/** Whether the clocks go forward (spring) or back (autumn) on a date, YYYY-MM-DD; null where they do neither. */
export function clockChangeOn(date: string): "spring" | "autumn" | null {
  const month = Number(date.slice(5, 7)) - 1;
  if (month !== march && month !== october) return null;
  if (dateOf(new Date(changeIn(Number(date.slice(0, 4)), month))) !== date) return null;
  return month === march ? "spring" : "autumn";
}

function isSummerTime(utc_ms: number): boolean {
  const year = new Date(utc_ms).getUTCFullYear();
  return utc_ms >= changeIn(year, march) && utc_ms < changeIn(year, october);
}

/**
 * The instant at which the clock shows a time, both in milliseconds, the time on the clock written as though it were UTC. In the hour that comes twice,
 * `pass` says which; null for the hour that does not come, and for a second pass of any other.
 */
export function utcOfWallClock(wall_ms: number, pass: 1 | 2 = 1): number | null {
  const [summer, winter] = [wall_ms - hour_ms, wall_ms];
  const [maySummer, mayWinter] = [isSummerTime(summer), !isSummerTime(winter)];
  if (maySummer && mayWinter) return pass === 1 ? summer : winter;
  if (pass === 2) return null;
  if (maySummer) return summer;
  return mayWinter ? winter : null;
}

/** Whether the clock shows a time twice. */
export const comesTwice = (wall_ms: number): boolean => utcOfWallClock(wall_ms, 2) !== null;

/** What the clock shows at an instant, written as though it were UTC. */
export const wallClockAt = (instant: Date): Date =>
  new Date(instant.getTime() + (isSummerTime(instant.getTime()) ? hour_ms : 0));

/** What the clock shows at an instant: `2026-03-29 02:15:00`, whatever the time zone of this process. */
export const wallClock = (instant: Date): string => timestampText(wallClockAt(instant));

/** The local date of an instant, YYYY-MM-DD. */
export const localDate = (instant: Date): string => wallClock(instant).slice(0, 10);

/** The name of the time that the clock keeps at an instant. */
export const zoneAt = (instant: Date): "BST" | "GMT" => (isSummerTime(instant.getTime()) ? "BST" : "GMT");

/** A UTC time as date and clock, without a zone: `2026-03-29 00:30:00`. */
export const timestampText = (utc: Date): string => utc.toISOString().slice(0, 19).replace("T", " ");
