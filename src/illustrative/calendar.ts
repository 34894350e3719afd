/** A local day, `YYYY-MM-DD`. Days compare as text. */
export type IsoDate = string;
/** A calendar month, `YYYY-MM`. */
export type Month = string;

export const MINUTES_PER_HOUR = 60;
export const MINUTES_PER_PERIOD = 30;
export const MINUTES_PER_DAY = 1440;
export const PERIODS_PER_HOUR = MINUTES_PER_HOUR / MINUTES_PER_PERIOD;
/** Half-hours on a day when the clock does not change. */
export const PERIODS_PER_DAY = MINUTES_PER_DAY / MINUTES_PER_PERIOD;
/** Half-hours of the longest day, on which an hour comes twice. */
export const MOST_PERIODS_PER_DAY = PERIODS_PER_DAY + PERIODS_PER_HOUR;

const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = MINUTES_PER_DAY * MS_PER_MINUTE;
const MARCH = 3;
const OCTOBER = 10;
/** Elapsed minutes at which the wall clock jumps: 01:00 in spring, the second 01:00 in autumn. */
const SPRING_JUMP_MINUTES = 60;
const AUTUMN_JUMP_MINUTES = 120;

interface ClockChanges {
  readonly spring: IsoDate;
  readonly autumn: IsoDate;
}
/** Days are asked for again and again. */
const midnightByDate = new Map<IsoDate, number>();

interface DayPatterns {
  readonly clockHalfHours: readonly number[];
  readonly periodsByClock: readonly number[];
}
/** Days of as many half-hours are alike. */
const patternsByLength = new Map<number, DayPatterns>();

/** Worked out once a year, since every half-hour asks. */
const changesByYear = new Map<number, ClockChanges>();

/** The date of an instant by the UTC calendar. */
export function isoDate(ms: number): IsoDate {
  return new Date(ms).toISOString().slice(0, "YYYY-MM-DD".length);
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return isoDate(utcMidnight(date) + days * MS_PER_DAY);
}

/** Every date from `first` to `last`, both included. */
export function datesBetween(first: IsoDate, last: IsoDate): IsoDate[] {
  const count = (utcMidnight(last) - utcMidnight(first)) / MS_PER_DAY + 1;
  return Array.from({length: count}, (_, index) => addDays(first, index));
}

/** 0 is Monday, 6 is Sunday. */
export function weekdayOf(date: IsoDate): number {
  const daysAfterMonday = 6;
  return (new Date(utcMidnight(date)).getUTCDay() + daysAfterMonday) % 7;
}

/** 1 on the first of January. */
export function dayOfYear(date: IsoDate): number {
  return (utcMidnight(date) - utcMidnight(`${date.slice(0, "YYYY".length)}-01-01`)) / MS_PER_DAY + 1;
}

export function monthOf(date: IsoDate): Month {
  return date.slice(0, "YYYY-MM".length);
}

export function addMonths(month: Month, months: number): Month {
  const [year, number] = yearAndMonth(month);
  return monthOf(isoDate(Date.UTC(year, number - 1 + months, 1)));
}

/** Half-hours between local midnight and the next, Europe/London: 46 in spring, 50 in autumn, else 48. */
export function periodsOn(date: IsoDate): number {
  if (isSpringDay(date)) return PERIODS_PER_DAY - PERIODS_PER_HOUR;
  return isAutumnDay(date) ? PERIODS_PER_DAY + PERIODS_PER_HOUR : PERIODS_PER_DAY;
}

/** What the wall clock says, in minutes after midnight, as a settlement period (from 1) begins. */
export function clockMinutes(date: IsoDate, period: number): number {
  const elapsed = (period - 1) * MINUTES_PER_PERIOD;
  if (isSpringDay(date) && elapsed >= SPRING_JUMP_MINUTES) return elapsed + MINUTES_PER_HOUR;
  return isAutumnDay(date) && elapsed >= AUTUMN_JUMP_MINUTES ? elapsed - MINUTES_PER_HOUR : elapsed;
}

/** For each settlement period of a day, in order, the half-hour of the wall clock (from 0) at which it begins. */
export function clockHalfHours(date: IsoDate): readonly number[] {
  return dayPatterns(date).clockHalfHours;
}

/** For each of the 48 half-hours of the wall clock, the index of the settlement period that first shows it, or -1. */
export function periodsByClock(date: IsoDate): readonly number[] {
  return dayPatterns(date).periodsByClock;
}

/** Half-hours by which the wall clock is ahead of UTC as the day begins: 2 in summer, else 0. */
export function halfHoursAhead(date: IsoDate): number {
  return isSummerAtMidnight(date) ? PERIODS_PER_HOUR : 0;
}

/** Whether the wall clock has already shown this half-hour of the day once: 01:00 to 02:00 again, in autumn. */
export function isSecondPass(date: IsoDate, period: number): boolean {
  const elapsed = (period - 1) * MINUTES_PER_PERIOD;
  return isAutumnDay(date) && elapsed >= AUTUMN_JUMP_MINUTES && elapsed < AUTUMN_JUMP_MINUTES + MINUTES_PER_HOUR;
}

/** The instant at which a settlement period begins, ISO 8601 at UTC. */
export function periodStartAt(date: IsoDate, period: number): string {
  const offset = isSummerAtMidnight(date) ? MINUTES_PER_HOUR : 0;
  const minutes = (period - 1) * MINUTES_PER_PERIOD - offset;
  return new Date(utcMidnight(date) + minutes * MS_PER_MINUTE).toISOString();
}

function dayPatterns(date: IsoDate): DayPatterns {
  const periods = periodsOn(date);
  const known = patternsByLength.get(periods);
  if (known) return known;
  const clock = Array.from({length: periods}, (_, index) => clockMinutes(date, index + 1) / MINUTES_PER_PERIOD);
  const byClock = Array.from({length: PERIODS_PER_DAY}, (_, halfHour) => clock.indexOf(halfHour));
  const patterns = {clockHalfHours: clock, periodsByClock: byClock};
  patternsByLength.set(periods, patterns);
  return patterns;
}

function isSpringDay(date: IsoDate): boolean {
  return date === clockChanges(date).spring;
}

function isAutumnDay(date: IsoDate): boolean {
  return date === clockChanges(date).autumn;
}

function isSummerAtMidnight(date: IsoDate): boolean {
  const {spring, autumn} = clockChanges(date);
  return date > spring && date <= autumn;
}

/** The days on which the clock changes in the year of `date`. */
function clockChanges(date: IsoDate): ClockChanges {
  const year = yearOf(date);
  const known = changesByYear.get(year);
  if (known) return known;
  const changes = {spring: lastSunday(year, MARCH), autumn: lastSunday(year, OCTOBER)};
  changesByYear.set(year, changes);
  return changes;
}

/** `month` counts from 1. */
function lastSunday(year: number, month: number): IsoDate {
  const lastOfMonth = Date.UTC(year, month, 0);
  return isoDate(lastOfMonth - new Date(lastOfMonth).getUTCDay() * MS_PER_DAY);
}

function yearOf(date: IsoDate): number {
  return Number(date.slice(0, "YYYY".length));
}

function yearAndMonth(month: Month): [year: number, month: number] {
  return [yearOf(month), Number(month.slice("YYYY-".length))];
}

function utcMidnight(date: IsoDate): number {
  const known = midnightByDate.get(date);
  if (known !== undefined) return known;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  midnightByDate.set(date, midnight);
  return midnight;
}
