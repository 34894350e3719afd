import {daysFrom, townHall, utc} from "../../src/figures/kit/examples/invented.ts";
import type {SiteHalfHourly} from "../../src/models/marts/site_half_hourly.ts";

/** One read of the Town Hall, in kW. */
export function read(
  date: string,
  clock_half_hour: number,
  power_kw: number | null,
  is_estimated = false
): SiteHalfHourly {
  return {...townHall, quantity: "use", settlement_date: utc(date), clock_half_hour, power_kw, is_estimated};
}

/** Two days of 48 reads of 10 kW, but 30 kW at 07:30 on the first and 20 kW at 18:00 on both. */
export const twoDays = daysFrom("2026-10-30", 2).flatMap((day, i) =>
  Array.from({length: 48}, (_, halfHour) =>
    read(day.toISOString().slice(0, 10), halfHour, halfHour === 36 ? 20 : i === 0 && halfHour === 15 ? 30 : 10)
  )
);
