import {clockHalfHours, datesBetween, type IsoDate, PERIODS_PER_HOUR, periodStartAt} from "./calendar.ts";
import {ESTATE_PERIOD} from "./estate.ts";
import type {WeatherFault} from "./faults/fault.ts";
import type {Faults} from "./faults/plan.ts";
import {WEATHER_GAP} from "./happenings.ts";
import {STATION} from "./sites/station.ts";
import type {Weather} from "./weather.ts";

/** A whole hour by UTC, and the temperature as it begins: null where the service has none. */
export interface WeatherHour {
  /** `YYYY-MM-DDTHH:MM`. */
  readonly time: string;
  readonly celsius: number | null;
}

/** What the weather service answers for a year. */
export interface WeatherFile {
  readonly name: string;
  readonly hours: readonly WeatherHour[];
  readonly faults: readonly WeatherFault[];
}

const HOUR_LENGTH = "YYYY-MM-DDTHH:MM".length;

/** The years of which there is an answer. */
export function weatherYears(): string[] {
  const [first, last] = [ESTATE_PERIOD.from, ESTATE_PERIOD.to].map(date => Number(yearOf(date))) as [number, number];
  return Array.from({length: last - first + 1}, (_, index) => String(first + index));
}

/** The weather as the service tells it, an answer for each year; with faults it lacks a few days. */
export function* weatherFiles(weather: Weather, faults: Faults): Generator<WeatherFile> {
  const dates = datesBetween(ESTATE_PERIOD.from, ESTATE_PERIOD.to);
  for (const year of weatherYears()) {
    const ofYear = dates.filter(date => yearOf(date) === year);
    const hours = ofYear.flatMap(date => hoursOf(weather, date));
    const told = faults === "none" ? hours : hours.map(hour => (isInGap(hour) ? {...hour, celsius: null} : hour));
    const span = [ofYear[0], ofYear.at(-1)].map(date => date?.replaceAll("-", "")).join("-");
    const name = `open-meteo-${STATION.latitude}-${STATION.longitude}-${span}.json`;
    yield {name, hours: told, faults: gapIn(name, told)};
  }
}

/** The hours that begin on a local day; its midnights are whole hours by UTC, and so are all that follow. */
function hoursOf(weather: Weather, date: IsoDate): WeatherHour[] {
  const celsius = weather.temperaturesOn(date);
  return clockHalfHours(date).flatMap((halfHour, index) =>
    index % PERIODS_PER_HOUR === 0
      ? [{time: periodStartAt(date, index + 1).slice(0, HOUR_LENGTH), celsius: celsius[halfHour] ?? null}]
      : []
  );
}

function isInGap({time}: WeatherHour): boolean {
  return time >= WEATHER_GAP.from && time.slice(0, WEATHER_GAP.to.length) <= WEATHER_GAP.to;
}

function gapIn(file: string, hours: readonly WeatherHour[]): WeatherFault[] {
  const missing = hours.filter(({celsius}) => celsius === null);
  if (missing.length === 0) return [];
  return [
    {
      kind: "weather_missing",
      file,
      first_date: WEATHER_GAP.from,
      last_date: WEATHER_GAP.to,
      hours: missing.length
    }
  ];
}

function yearOf(date: IsoDate): string {
  return date.slice(0, "YYYY".length);
}
