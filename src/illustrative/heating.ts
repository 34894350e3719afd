import {type IsoDate, MINUTES_PER_PERIOD} from "./calendar.ts";
import {ramp} from "./daylight.ts";
import type {Site} from "./estate.ts";
import {HEAT_PUMP_SCHOOL, isWithin, type Surroundings} from "./happenings.ts";
import {HEATING, OCCUPANCY} from "./load-shapes.ts";
import {isAlwaysOpen, isOpenOn, minutesOf} from "./opening.ts";
import {lifeOn} from "./trends.ts";

/** The share of the heating that the weather asks for, by wall-clock minutes and the temperature then. */
type Share = (minutes: number, celsius: number) => number;

/** Degrees of heating at each half-hour of the wall clock: more as the boilers start, none when they stand idle. */
export function warmthOn(site: Site, surroundings: Surroundings, date: IsoDate): Float64Array {
  const {weather, mishaps} = surroundings;
  const share = shareOn(site, surroundings, date);
  const life = isWithin(mishaps.heatingLeftOn, site.siteId, date)
    ? 1
    : HEATING.closedShare + (1 - HEATING.closedShare) * lifeOn(site.kind, date);
  return weather.temperaturesOn(date).map((celsius, index) => {
    const degrees = Math.max(0, HEATING.balanceCelsius - celsius);
    return degrees === 0 ? 0 : life * degrees * share(index * MINUTES_PER_PERIOD, celsius);
  });
}

export function isWarmedByPump({siteId}: Site, date: IsoDate): boolean {
  return siteId === HEAT_PUMP_SCHOOL.siteId && date >= HEAT_PUMP_SCHOOL.from;
}

function shareOn(site: Site, {weather, mishaps}: Surroundings, date: IsoDate): Share {
  if (isWithin(mishaps.heatingLeftOn, site.siteId, date)) return () => 1;
  if (weather.meanOn(date) >= HEATING.idleFromCelsius) return () => 0;
  if (site.hours === null || !isOpenOn(site, date)) return frostShare;
  if (isAlwaysOpen(site.hours)) return residentShare;
  const starts = minutesOf(site.hours.opensAt) - HEATING.warmUpMinutes;
  const stops = minutesOf(site.hours.closesAt) - HEATING.offBeforeClosingMinutes;
  return (minutes, celsius) =>
    minutes >= starts && minutes < stops ? startUpShare(minutes, starts) : frostShare(minutes, celsius);
}

function frostShare(_minutes: number, celsius: number): number {
  return celsius < HEATING.frostCelsius ? HEATING.frostShare : 0;
}

function residentShare(minutes: number): number {
  const isDay = minutes >= OCCUPANCY.residentsWakeAt && minutes < OCCUPANCY.residentsSleepAt;
  return isDay ? 1 : HEATING.residentNightShare;
}

function startUpShare(minutes: number, starts: number): number {
  return 1 + HEATING.startUpPeak * (1 - ramp(minutes, starts, starts + HEATING.peakMinutes));
}
