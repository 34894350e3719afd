import {addDays, datesBetween, type IsoDate, PERIODS_PER_DAY, PERIODS_PER_HOUR, periodsByClock} from "../calendar.ts";
import {ESTATE_PERIOD} from "../estate.ts";
import {isOpenOn, presenceOf} from "../opening.ts";
import {deviate, type Random, randomFor} from "../random.ts";
import {siteOf} from "../sites/sites.ts";
import type {Weather} from "../weather.ts";
import {printHeatReads} from "../writers/heat-reads.ts";
import {printWaterDays} from "../writers/water-days.ts";
import {HEAT_METER, WATER_FROM, WATER_METERS, type WaterMeter} from "./meters.ts";

/** The logger counts whole steps of this many litres. */
const PULSE_LITRES = 10;
const SUMMER = {from: "05", to: "09"} as const;
/** How far days and half-hours stray, and what the night of a building that runs at night does. */
const STRAY = {day: 0.12, halfHour: 0.35, night: 0.08, leak: 0.04} as const;
/** A cistern that fills while nobody is there, once in so many half-hours. */
const STRAY_FLUSH = {share: 0.015, litres: 20} as const;

interface WaterFile {
  readonly folder: "estate-energy" | "register-reads";
  readonly name: string;
  readonly text: string;
}

/** The years of which there is a file of each kind. */
export function waterYears(): string[] {
  return [...new Set(datesBetween(WATER_FROM, ESTATE_PERIOD.to).map(yearOf))];
}

/** What the loggers and the heat meter tell, a file of each for each year. Meters draw from streams of their own. */
export function* waterFiles(seed: number, weather: Weather): Generator<WaterFile> {
  const dates = datesBetween(WATER_FROM, ESTATE_PERIOD.to);
  const days = WATER_METERS.map(meter => ({meter, days: waterDays(seed, meter, dates)}));
  const heat = heatReads(weather, dates);
  for (const year of waterYears()) {
    const ofYear = days.map(({meter, days}) => ({meter, days: days.filter(({date}) => yearOf(date) === year)}));
    yield {folder: "estate-energy", name: `water-loggers-${year}.csv`, text: printWaterDays(ofYear)};
    const reads = heat.filter(({date}) => yearOf(addDays(date, -1)) === year || yearOf(date) === year);
    yield {folder: "register-reads", name: `heat-meter-${year}.csv`, text: printHeatReads(HEAT_METER.name, reads)};
  }
}

/** A day of a logger: m3 of the 48 half-hours of the wall clock; null where spring has none. */
export interface WaterDay {
  readonly date: IsoDate;
  readonly m3: readonly (number | null)[];
}

function waterDays(seed: number, meter: WaterMeter, dates: readonly IsoDate[]): WaterDay[] {
  const random = randomFor(seed, `water ${meter.spid}`);
  let waiting = 0;
  return dates.map(date => {
    const litres = litresOf(meter, date, random);
    const m3 = periodsByClock(date).map((period, halfHour) => {
      if (period < 0) return null;
      waiting += litres[halfHour] ?? 0;
      const pulses = Math.floor(waiting / PULSE_LITRES);
      waiting -= pulses * PULSE_LITRES;
      return (pulses * PULSE_LITRES) / 1000;
    });
    return {date, m3};
  });
}

/** What runs in each half-hour of the wall clock, litres. */
function litresOf({siteId, litresPerOpenDay, nightLitresPerHour, leaks}: WaterMeter, date: IsoDate, random: Random) {
  const site = siteOf(siteId);
  const presence = site.hours === null ? new Float64Array(PERIODS_PER_DAY) : presenceOf(site.hours);
  const whole = presence.reduce((sum, share) => sum + share, 0);
  const ofDay = isOpenOn(site, date) ? (litresPerOpenDay / whole) * (1 + STRAY.day * deviate(random)) : 0;
  const month = date.slice("YYYY-".length, "YYYY-MM".length);
  const always = nightLitresPerHour[month >= SUMMER.from && month <= SUMMER.to ? 1 : 0] / PERIODS_PER_HOUR;
  const leak = leaks.find(({from, to}) => date >= from && (to === null || date <= to))?.litresPerHour ?? 0;
  return Array.from({length: PERIODS_PER_DAY}, (_, halfHour) => {
    const drawn = ofDay * (presence[halfHour] ?? 0) * (1 + STRAY.halfHour * deviate(random));
    const flush = random() < STRAY_FLUSH.share ? STRAY_FLUSH.litres : 0;
    const nature = always * (1 + STRAY.night * deviate(random));
    const lost = (leak / PERIODS_PER_HOUR) * (1 + STRAY.leak * deviate(random));
    return drawn + flush + nature + lost;
  });
}

/** What the heat meter stood at as a day began, MWh. */
export interface HeatRead {
  readonly date: IsoDate;
  readonly mwh: number;
}

/** A read at the beginning of each day and one after the last. */
function heatReads(weather: Weather, dates: readonly IsoDate[]): HeatRead[] {
  const {siteId, startsAtMwh, kwhPerDegreeDay, balanceCelsius} = HEAT_METER;
  const site = siteOf(siteId);
  let kwh = startsAtMwh * 1000;
  const reads = dates.map(date => {
    const read = {date, mwh: kwh / 1000};
    const celsius = weather.temperaturesOn(date);
    const mean = celsius.reduce((sum, each) => sum + each, 0) / celsius.length;
    kwh += Math.max(balanceCelsius - mean, 0) * kwhPerDegreeDay[isOpenOn(site, date) ? "open" : "shut"];
    return read;
  });
  return [...reads, {date: addDays(dates.at(-1) ?? "", 1), mwh: kwh / 1000}];
}

const yearOf = (date: IsoDate) => date.slice(0, "YYYY".length);
