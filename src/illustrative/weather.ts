import {dayOfYear, type IsoDate, MINUTES_PER_DAY, MINUTES_PER_PERIOD, PERIODS_PER_DAY} from "./calendar.ts";
import {MOST_BEGIN_ON} from "./estate.ts";
import {deviate, type Random, randomFor} from "./random.ts";

/** The outside air over the estate. It is invented: no station measured it. */
export interface Weather {
  /** Mean of the day, °C. */
  meanOn(date: IsoDate): number;
  /** °C at each half-hour of the wall clock. */
  temperaturesOn(date: IsoDate): Float64Array;
  /** The share of clear-sky sunlight that comes through on the day as a whole. */
  clearnessOn(date: IsoDate): number;
}

/** Temperatures in °C; times in minutes after midnight. */
const CLIMATE = {
  yearMean: 10.2,
  seasonSwing: 6.3,
  coldestDayOfYear: 22,
  daysInYear: 365.25,
  daySwing: 3.2,
  warmestMinutes: 900,
  /** How much of yesterday's departure from the season lasts into today, and how far a day may stray anew. */
  persistence: 0.78,
  stray: 4.4
} as const;

/** Clear days are warmer than the season in summer and colder in winter. */
const SKY = {mean: 0.56, stray: 0.52, perSummerDegree: 0.035, least: 0.08, most: 1} as const;

const DEPARTURES = Float64Array.from({length: PERIODS_PER_DAY}, (_, halfHour) =>
  departureAt(halfHour * MINUTES_PER_PERIOD)
);

/** A smooth year with spells of mild and cold weather, the same for the same seed and first date. */
export function inventWeather(seed: number, dates: readonly IsoDate[]): Weather {
  const means = dailyMeans(seed, dates);
  const meanOn = (date: IsoDate) => means.get(date) ?? seasonOn(date);
  const clearness = dailyClearness(seed, dates, meanOn);
  const temperatures = new Map(dates.map(date => [date, DEPARTURES.map(departure => meanOn(date) + departure)]));
  return {
    meanOn,
    temperaturesOn: date => temperatures.get(date) ?? DEPARTURES.map(departure => meanOn(date) + departure),
    clearnessOn: date => clearness.get(date) ?? SKY.mean
  };
}

function dailyMeans(seed: number, dates: readonly IsoDate[]): Map<IsoDate, number> {
  const randomOn = streamsFor(seed, "weather");
  let departure = 0;
  return new Map(
    dates.map(date => {
      departure = CLIMATE.persistence * departure + CLIMATE.stray * deviate(randomOn(date));
      return [date, seasonOn(date) + departure];
    })
  );
}

function dailyClearness(
  seed: number,
  dates: readonly IsoDate[],
  meanOn: (date: IsoDate) => number
): Map<IsoDate, number> {
  const randomOn = streamsFor(seed, "clouds");
  return new Map(
    dates.map(date => {
      const tie = SKY.perSummerDegree * summerOn(date) * (meanOn(date) - seasonOn(date));
      const share = SKY.mean + tie + SKY.stray * deviate(randomOn(date));
      return [date, Math.min(SKY.most, Math.max(SKY.least, share))];
    })
  );
}

/** The days before most accounts begin have a stream of their own, so that reaching further back leaves the years after as they are. */
function streamsFor(seed: number, label: string): (date: IsoDate) => Random {
  const [before, since] = [randomFor(seed, `${label} before`), randomFor(seed, label)];
  return date => (date < MOST_BEGIN_ON ? before : since);
}

function seasonOn(date: IsoDate): number {
  return CLIMATE.yearMean + CLIMATE.seasonSwing * summerOn(date);
}

/** -1 at the coldest of the year, 1 at the warmest. */
function summerOn(date: IsoDate): number {
  return -Math.cos((2 * Math.PI * (dayOfYear(date) - CLIMATE.coldestDayOfYear)) / CLIMATE.daysInYear);
}

function departureAt(minutes: number): number {
  return CLIMATE.daySwing * Math.cos((2 * Math.PI * (minutes - CLIMATE.warmestMinutes)) / MINUTES_PER_DAY);
}
