import {type IsoDate, MOST_PERIODS_PER_DAY, PERIODS_PER_HOUR} from "./calendar.ts";
import type {SolarArray} from "./estate.ts";
import {isWithin, type Mishaps, type Surroundings} from "./happenings.ts";
import {deviate, randomFor} from "./random.ts";
import {sunlightOn} from "./sunlight.ts";

/** What wires, dirt and warmth leave of the capacity, and how far clouds make a half-hour stray from its day. */
const YIELD = {left: 0.72, wobble: 0.55} as const;

/** What an array gives, kWh, day by day at `MOST_PERIODS_PER_DAY` places a day; the clouds are its own. */
export function generate(
  seed: number,
  array: SolarArray,
  {weather, mishaps}: Surroundings,
  dates: readonly IsoDate[]
): Float64Array {
  const random = randomFor(seed, array.meter.meterPointId);
  const values = new Float64Array(dates.length * MOST_PERIODS_PER_DAY);
  dates.forEach((date, day) => {
    const kilowatts = array.capacityKw * YIELD.left * weather.clearnessOn(date) * runningOn(array, mishaps, date);
    sunlightOn(date).forEach((share, index) => {
      const wobble = 1 + YIELD.wobble * deviate(random);
      const value = (kilowatts * share * Math.min(wobble, 1 / weather.clearnessOn(date))) / PERIODS_PER_HOUR;
      values[day * MOST_PERIODS_PER_DAY + index] = value;
    });
  });
  return values;
}

/** 0 before an array is commissioned and while it has failed. */
function runningOn({site, from}: SolarArray, {arraysFailed}: Mishaps, date: IsoDate): number {
  return date < from || isWithin(arraysFailed, site.siteId, date) ? 0 : 1;
}
