import type {SiteEnergyDaily} from "../../src/models/marts/site_energy_daily.ts";
import type {SiteHalfHourly} from "../../src/models/marts/site_half_hourly.ts";
import type {SiteLoadProfile} from "../../src/models/marts/site_load_profile.ts";

/** Invented rows: the same on every machine and every day. */

const dayMs = 86_400_000;

/** Numbers from 0 to 1 that look like chance and always come in the same order (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function utc(text: string): Date {
  return new Date(`${text}T00:00:00Z`);
}

export function daysFrom(first: string, count: number): Date[] {
  return Array.from({length: count}, (_, i) => new Date(utc(first).getTime() + i * dayMs));
}

export const townHall = {site_id: "town-hall", site_name: "Town Hall", energy: "electricity"} as const;

/** A year of an office: weekdays busy from 08:00, lighter at weekends, warmer by winter; a week lost in May, a week estimated in June. */
export function officeYear(site: Partial<SiteHalfHourly> = {}): SiteHalfHourly[] {
  const chance = seeded(7);
  return daysFrom("2025-11-01", 365).flatMap((settlement_date, day) =>
    Array.from({length: 48}, (_, clock_half_hour) => ({
      ...townHall,
      settlement_date,
      clock_half_hour,
      consumption_kw: isLost(day, clock_half_hour) ? null : officeKw(settlement_date, clock_half_hour, chance()),
      is_estimated: day >= 222 && day < 231,
      ...site
    }))
  );
}

function isLost(day: number, halfHour: number): boolean {
  return (
    (day >= 188 && day < 195) ||
    (day === 60 && halfHour > 20 && halfHour < 34) ||
    (day === 148 && [2, 3].includes(halfHour))
  );
}

function officeKw(date: Date, halfHour: number, chance: number): number {
  const isWeekend = [0, 6].includes(date.getUTCDay());
  const winter = 1 + 0.35 * Math.cos(((date.getTime() - utc("2026-01-15").getTime()) / dayMs / 365) * 2 * Math.PI);
  const hours = halfHour / 2;
  const busy = isWeekend ? 0.12 : Math.max(0, Math.min(1, (hours - 6) / 2.5, (19.5 - hours) / 2.5));
  return Math.round((14 + 62 * busy * winter + 9 * chance) * 100) / 100;
}

/** Days of 200 kWh of which `closedKwh` is while closed. */
export function officeDays(count: number, closedKwh: number | null = 82): SiteEnergyDaily[] {
  return daysFrom("2025-11-01", count).map(settlement_date => ({
    ...townHall,
    settlement_date,
    consumption_kwh: 200,
    export_kwh: null,
    estimated_kwh: 0,
    closed_kwh: closedKwh,
    base_load_kw: 14,
    expected_half_hours: 48,
    present_half_hours: 48,
    estimated_half_hours: 0
  }));
}

const dayTypes = ["Monday to Friday", "Saturday", "Sunday"] as const;

/** The spread of an office's year by day type, about a base load of 14 kW. */
export function officeProfile(site: Partial<SiteLoadProfile> = {}): SiteLoadProfile[] {
  return dayTypes.flatMap((day_type, i) =>
    Array.from({length: 48}, (_, clock_half_hour) => {
      const busy = daylight(clock_half_hour) * ([1, 0.25, 0.08][i] ?? 0);
      const median_kw = 15 + 65 * busy;
      return {
        ...townHall,
        day_type,
        clock_half_hour,
        p10_kw: median_kw * 0.86,
        median_kw,
        p90_kw: median_kw * 1.06 + 8 * busy + 2,
        days: [260, 52, 52][i] ?? 0,
        base_load_kw: 14,
        from_date: utc("2025-11-01"),
        to_date: utc("2026-10-31"),
        ...site
      };
    })
  );
}

/** 0 by night, 1 at 12:00. */
function daylight(halfHour: number): number {
  return Math.max(0, Math.cos(((halfHour - 24) / 30) * Math.PI)) ** 0.7;
}

/** One read of the Town Hall, in kW. */
export function read(
  date: string,
  clock_half_hour: number,
  consumption_kw: number | null,
  is_estimated = false
): SiteHalfHourly {
  return {...townHall, settlement_date: utc(date), clock_half_hour, consumption_kw, is_estimated};
}

/** Two days of 48 reads of 10 kW, but 30 kW at 07:30 on the first and 20 kW at 18:00 on both. */
export const twoDays = daysFrom("2026-10-30", 2).flatMap((day, i) =>
  Array.from({length: 48}, (_, halfHour) =>
    read(day.toISOString().slice(0, 10), halfHour, halfHour === 36 ? 20 : i === 0 && halfHour === 15 ? 30 : 10)
  )
);
