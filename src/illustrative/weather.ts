import {dayOfYear, type IsoDate, MINUTES_PER_DAY} from "./calendar.ts";
import {deviate, randomFor} from "./random.ts";

/** The outside air over the estate. It is invented: no station measured it. */
export interface Weather {
  /** Mean of the day, °C. */
  meanOn(date: IsoDate): number;
  /** °C at a wall-clock time, in minutes after midnight. */
  temperatureAt(date: IsoDate, minutes: number): number;
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

/** A smooth year with spells of mild and cold weather, the same for the same seed and first date. */
export function inventWeather(seed: number, dates: readonly IsoDate[]): Weather {
  const means = dailyMeans(seed, dates);
  const meanOn = (date: IsoDate) => means.get(date) ?? seasonOn(date);
  return {
    meanOn,
    temperatureAt: (date, minutes) => meanOn(date) + departureAt(minutes)
  };
}

function dailyMeans(seed: number, dates: readonly IsoDate[]): Map<IsoDate, number> {
  const random = randomFor(seed, "weather");
  let departure = 0;
  return new Map(
    dates.map(date => {
      departure = CLIMATE.persistence * departure + CLIMATE.stray * deviate(random);
      return [date, seasonOn(date) + departure];
    })
  );
}

function seasonOn(date: IsoDate): number {
  const turn = (dayOfYear(date) - CLIMATE.coldestDayOfYear) / CLIMATE.daysInYear;
  return CLIMATE.yearMean - CLIMATE.seasonSwing * Math.cos(2 * Math.PI * turn);
}

function departureAt(minutes: number): number {
  return CLIMATE.daySwing * Math.cos((2 * Math.PI * (minutes - CLIMATE.warmestMinutes)) / MINUTES_PER_DAY);
}
