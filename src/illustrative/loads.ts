import {dayOfYear, type IsoDate} from "./calendar.ts";
import {HEATING_LEFT_ON, type MeterPoint, type Site} from "./estate.ts";
import {COOLING, DAYLIGHT, ELECTRICITY_SHAPES, GAS_SHAPES, HEATING} from "./load-shapes.ts";
import {fullnessOn, isOpenOn, minutesOf, ramp} from "./opening.ts";
import type {Weather} from "./weather.ts";

/** Something that runs through one day, by wall-clock minutes after midnight. */
type Course = (minutes: number) => number;

const WATTS_PER_KILOWATT = 1000;
const LITRES_PER_CUBIC_METRE = 1000;

/** The load of a meter through one day, before chance: kW of electricity or m3 of gas an hour. */
export function loadOn(site: Site, meter: MeterPoint, weather: Weather, date: IsoDate): Course {
  if (meter.energy === "electricity") {
    const watts = wattsOn(site, meter, weather, date);
    return minutes => (meter.servesM2 * watts(minutes)) / WATTS_PER_KILOWATT;
  }
  const litres = litresOn(site, meter, weather, date);
  return minutes => (meter.servesM2 * litres(minutes)) / LITRES_PER_CUBIC_METRE;
}

/** Watts for each square metre served. */
function wattsOn(site: Site, meter: MeterPoint, weather: Weather, date: IsoDate): Course {
  const shape = ELECTRICITY_SHAPES[meter.load];
  const fullness = fullnessOn(site, date);
  const darkness = darknessOn(date);
  return minutes => {
    const degrees = Math.max(0, weather.temperatureAt(date, minutes) - COOLING.fromCelsius);
    const inUse = shape.occupied + shape.lighting * darkness(minutes) + shape.coolingPerDegree * degrees;
    return shape.base + fullness(minutes) * inUse;
  };
}

/** Litres of gas an hour for each square metre served. */
function litresOn(site: Site, meter: MeterPoint, weather: Weather, date: IsoDate): Course {
  const shape = GAS_SHAPES[meter.load];
  const fullness = fullnessOn(site, date);
  const heating = heatingOn(site, meter, weather, date);
  return minutes => {
    const degrees = Math.max(0, HEATING.balanceCelsius - weather.temperatureAt(date, minutes));
    return shape.pool + shape.hotWater * fullness(minutes) + shape.heatingPerDegree * degrees * heating(minutes);
  };
}

/** How much of the heating that the weather asks for is burnt: more as the boilers start, none when they stand idle. */
function heatingOn(site: Site, meter: MeterPoint, weather: Weather, date: IsoDate): Course {
  if (isLeftOn(meter, date)) return () => 1;
  if (weather.meanOn(date) >= HEATING.idleFromCelsius) return () => 0;
  const frost = (minutes: number) =>
    weather.temperatureAt(date, minutes) < HEATING.frostCelsius ? HEATING.frostShare : 0;
  if (!isOpenOn(site, date)) return frost;
  const starts = minutesOf(site.opensAt) - HEATING.warmUpMinutes;
  const stops = minutesOf(site.closesAt) - HEATING.offBeforeClosingMinutes;
  return minutes => (minutes >= starts && minutes < stops ? startUpShare(minutes, starts) : frost(minutes));
}

function startUpShare(minutes: number, starts: number): number {
  return 1 + HEATING.startUpPeak * (1 - ramp(minutes, starts, starts + HEATING.peakMinutes));
}

function isLeftOn(meter: MeterPoint, date: IsoDate): boolean {
  return HEATING_LEFT_ON.some(
    ({meterPointId, from, to}) => meterPointId === meter.meterPointId && date >= from && date <= to
  );
}

/** 1 by night, 0 by day, even between over twilight. */
function darknessOn(date: IsoDate): Course {
  const turn = (dayOfYear(date) - DAYLIGHT.shortestDayOfYear) / DAYLIGHT.daysInYear;
  const halfDay = DAYLIGHT.meanHalfDay - DAYLIGHT.seasonSwing * Math.cos(2 * Math.PI * turn);
  return minutes => ramp(Math.abs(minutes - DAYLIGHT.noon), halfDay - DAYLIGHT.twilight, halfDay);
}
