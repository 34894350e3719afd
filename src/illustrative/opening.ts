import {type IsoDate, MINUTES_PER_HOUR, monthOf, weekdayOf} from "./calendar.ts";
import type {Site} from "./estate.ts";
import {OCCUPANCY} from "./load-shapes.ts";

type Hours = Pick<Site, "opensAt" | "closesAt" | "openDays">;

const DAY_NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const SATURDAY = DAY_NAMES.indexOf("Sat");
const AUGUST = "08";

/** Minutes after midnight of `HH:MM`. */
export function minutesOf(time: string): number {
  const [hours = Number.NaN, minutes = Number.NaN] = time.split(":").map(Number);
  return hours * MINUTES_PER_HOUR + minutes;
}

export function isOpenOn(hours: Hours, date: IsoDate): boolean {
  const [first = "", last = first] = hours.openDays.split("-");
  const weekday = weekdayOf(date);
  return weekday >= DAY_NAMES.indexOf(first) && weekday <= DAY_NAMES.indexOf(last);
}

/**
 * How full a building is through one day, 0 to 1, by wall-clock minutes after midnight:
 * cleaners before opening, a thin lunch hour, a quiet weekend and a quiet August.
 */
export function fullnessOn(hours: Hours, date: IsoDate): (minutes: number) => number {
  if (!isOpenOn(hours, date)) return () => 0;
  const share = dayShare(date);
  const opens = minutesOf(hours.opensAt);
  const closes = minutesOf(hours.closesAt);
  return minutes => share * lunchShare(minutes) * presentShare(minutes, opens, closes);
}

/** 0 up to `from`, 1 after `to`, even between. */
export function ramp(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

function presentShare(minutes: number, opens: number, closes: number): number {
  const come = ramp(minutes, opens - OCCUPANCY.fillsFromBeforeOpening, opens + OCCUPANCY.fullAfterOpening);
  const gone = ramp(minutes, closes - OCCUPANCY.thinsFromBeforeClosing, closes + OCCUPANCY.emptyAfterClosing);
  return Math.min(come, 1 - gone);
}

function lunchShare(minutes: number): number {
  return minutes >= OCCUPANCY.lunchFrom && minutes < OCCUPANCY.lunchTo ? OCCUPANCY.lunchShare : 1;
}

function dayShare(date: IsoDate): number {
  const weekend = weekdayOf(date) >= SATURDAY ? OCCUPANCY.weekendShare : 1;
  return monthOf(date).endsWith(AUGUST) ? weekend * OCCUPANCY.augustShare : weekend;
}
