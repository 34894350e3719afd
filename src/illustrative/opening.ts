import {
  type IsoDate,
  MINUTES_PER_DAY,
  MINUTES_PER_HOUR,
  MINUTES_PER_PERIOD,
  monthOf,
  PERIODS_PER_DAY,
  weekdayOf
} from "./calendar.ts";
import {ramp} from "./daylight.ts";
import type {Hours, Site} from "./estate.ts";
import {OCCUPANCY} from "./load-shapes.ts";
import {isSchoolHoliday, isShutDay} from "./terms.ts";
import {lifeOn} from "./trends.ts";

const DAY_NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const SATURDAY = DAY_NAMES.indexOf("Sat");
const AUGUST = "08";
const presenceByHours = new Map<string, Float64Array>();

/** Minutes after midnight of `HH:MM`; `24:00` ends the day. */
export function minutesOf(time: string): number {
  const [hours = Number.NaN, minutes = Number.NaN] = time.split(":").map(Number);
  return hours * MINUTES_PER_HOUR + minutes;
}

/** Whether anybody but a caretaker comes on the day. */
export function isOpenOn(site: Site, date: IsoDate): boolean {
  const {hours} = site;
  if (hours === null) return false;
  if (isAlwaysOpen(hours)) return true;
  const [first = "", last = first] = hours.openDays.split("-");
  const weekday = weekdayOf(date);
  const isOpenDay = weekday >= DAY_NAMES.indexOf(first) && weekday <= DAY_NAMES.indexOf(last);
  return isOpenDay && !isShutDay(date) && !(isSchool(site) && isSchoolHoliday(date));
}

/** Whether its doors are open at a half-hour of the wall clock, from 0. */
export function isOpenAt(site: Site, date: IsoDate, halfHour: number): boolean {
  const {hours} = site;
  const minutes = halfHour * MINUTES_PER_PERIOD;
  return (
    hours !== null && isOpenOn(site, date) && minutes >= minutesOf(hours.opensAt) && minutes < minutesOf(hours.closesAt)
  );
}

/** People live there. */
export function isAlwaysOpen({opensAt, closesAt}: Hours): boolean {
  return minutesOf(closesAt) - minutesOf(opensAt) === MINUTES_PER_DAY;
}

/**
 * How full a building is at each half-hour of the wall clock, 0 to 1, on a day when it is open:
 * cleaners before opening, a thin lunch hour; where people live, never empty.
 */
export function presenceOf(hours: Hours): Float64Array {
  const key = `${hours.opensAt} ${hours.closesAt}`;
  const known = presenceByHours.get(key);
  if (known) return known;
  const at = isAlwaysOpen(hours) ? residentShare : visitorShare(hours);
  const presence = Float64Array.from({length: PERIODS_PER_DAY}, (_, index) => at(index * MINUTES_PER_PERIOD));
  presenceByHours.set(key, presence);
  return presence;
}

/** How much of that there is on a day: a quiet weekend, a quiet August, a few people in the holidays, the quiet of 2020. */
export function attendanceOn(site: Site, date: IsoDate): number {
  const life = lifeOn(site.kind, date);
  if (isOpenOn(site, date)) return life * dayShare(site, date);
  const isWeekend = weekdayOf(date) >= SATURDAY;
  return isSchool(site) && isSchoolHoliday(date) && !isWeekend ? life * OCCUPANCY.holidayShare : 0;
}

function isSchool({kind}: Site): boolean {
  return kind.endsWith("-school");
}

function visitorShare({opensAt, closesAt}: Hours): (minutes: number) => number {
  const opens = minutesOf(opensAt);
  const closes = minutesOf(closesAt);
  return minutes => lunchShare(minutes) * presentShare(minutes, opens, closes);
}

function residentShare(minutes: number): number {
  const isDay = minutes >= OCCUPANCY.residentsWakeAt && minutes < OCCUPANCY.residentsSleepAt;
  return isDay ? 1 : OCCUPANCY.residentNightShare;
}

function presentShare(minutes: number, opens: number, closes: number): number {
  const come = ramp(minutes, opens - OCCUPANCY.fillsFromBeforeOpening, opens + OCCUPANCY.fullAfterOpening);
  const gone = ramp(minutes, closes - OCCUPANCY.thinsFromBeforeClosing, closes + OCCUPANCY.emptyAfterClosing);
  return Math.min(come, 1 - gone);
}

function lunchShare(minutes: number): number {
  return minutes >= OCCUPANCY.lunchFrom && minutes < OCCUPANCY.lunchTo ? OCCUPANCY.lunchShare : 1;
}

function dayShare({hours}: Site, date: IsoDate): number {
  if (hours && isAlwaysOpen(hours)) return 1;
  const weekend = weekdayOf(date) >= SATURDAY ? OCCUPANCY.weekendShare : 1;
  return monthOf(date).endsWith(AUGUST) ? weekend * OCCUPANCY.augustShare : weekend;
}
