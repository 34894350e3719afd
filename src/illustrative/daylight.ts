import {dayOfYear, type IsoDate, MINUTES_PER_PERIOD, PERIODS_PER_DAY} from "./calendar.ts";

/** Daylight: hours are in minutes of the wall clock, near enough for a load. */
const DAYLIGHT = {
  noon: 755,
  meanHalfDay: 365,
  seasonSwing: 135,
  shortestDayOfYear: 355,
  twilight: 60,
  daysInYear: 365.25
} as const;

const darknessByDayOfYear = new Map<number, Float64Array>();

/** At each half-hour of the wall clock, 1 by night, 0 by day, even between over twilight. */
export function darknessOn(date: IsoDate): Float64Array {
  const day = dayOfYear(date);
  const known = darknessByDayOfYear.get(day);
  if (known) return known;
  const darkness = Float64Array.from({length: PERIODS_PER_DAY}, (_, index) => darknessAt(day, index));
  darknessByDayOfYear.set(day, darkness);
  return darkness;
}

/** 0 up to `from`, 1 after `to`, even between. */
export function ramp(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

function darknessAt(day: number, halfHour: number): number {
  const turn = (day - DAYLIGHT.shortestDayOfYear) / DAYLIGHT.daysInYear;
  const halfDay = DAYLIGHT.meanHalfDay - DAYLIGHT.seasonSwing * Math.cos(2 * Math.PI * turn);
  return ramp(Math.abs(halfHour * MINUTES_PER_PERIOD - DAYLIGHT.noon), halfDay - DAYLIGHT.twilight, halfDay);
}
