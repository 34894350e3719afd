import {type IsoDate, weekdayOf} from "../../src/illustrative/calendar.ts";

/** kW of a meter at a half-hour of the wall clock. */
export type Power = (date: IsoDate, halfHour: number) => number;

export const isWeekend = (date: IsoDate) => weekdayOf(date) >= 5;
export const isBetween = (halfHour: number, from: number, to: number) => halfHour >= from && halfHour < to;
/** The mean of a day, °C: a straight line from 2 in the middle of January to 18 in the middle of July, and back. */
export const meanOf = (date: IsoDate) => {
  const days = Math.abs((Date.parse(`${date.slice(0, 4)}-07-15`) - Date.parse(date)) / 86_400_000);
  return 18 - (16 * Math.min(days, 182)) / 182;
};
/** A little that differs from day to day: −1 to 1. */
export const wobble = (date: IsoDate) => (((Date.parse(date) / 86_400_000) * 7) % 11) / 5 - 1;

/** An office open 08:00 to 18:00 on weekdays: 4 kW always, 20 more while it is open; by a fortieth more or less from day to day. */
export const office: Power = (date, halfHour) =>
  (4 + (isWeekend(date) || !isBetween(halfHour, 16, 36) ? 0 : 20)) * (1 + wobble(date) / 40);
/** Its boiler: 10 kW for each °C below 15 while it is open, and 2 kW for its taps. */
export const boiler: Power = (date, halfHour) =>
  isWeekend(date) || !isBetween(halfHour, 12, 36)
    ? 0
    : (2 + 10 * Math.max(15 - meanOf(date), 0)) * (1 + wobble(date) / 40);

export const later =
  (usual: Power, from: IsoDate, more: Power): Power =>
  (date, halfHour) =>
    usual(date, halfHour) + (date < from ? 0 : more(date, halfHour));

/** The weather of these days, as the feed tells it. */
export function weatherOf(dates: readonly IsoDate[]): string {
  const hours = dates.flatMap(date =>
    Array.from(
      {length: 24},
      (_, hour) => [`${date}T${String(hour).padStart(2, "0")}:00`, Number(meanOf(date).toFixed(1))] as const
    )
  );
  return JSON.stringify({
    ...{latitude: 53.4, longitude: -2.15, generationtime_ms: 0.5, utc_offset_seconds: 0, timezone: "GMT"},
    ...{timezone_abbreviation: "GMT", elevation: 74, hourly_units: {time: "iso8601", temperature_2m: "°C"}},
    hourly: {time: hours.map(([time]) => time), temperature_2m: hours.map(([, celsius]) => celsius)}
  });
}
