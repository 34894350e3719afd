import type {DataCoverage} from "../../src/models/marts/data_coverage.ts";
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

export const townHall = {
  site_id: "town-hall",
  site_name: "Town Hall",
  energy: "electricity"
} as const;

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

/** Half-hours of one month of one meter: how many are missing and how many estimated, of 1440. */
export interface Month {
  readonly missing?: number;
  readonly estimated?: number;
}

/** Months of one meter from `first`, in order. */
export function coverage(meter: Partial<DataCoverage>, first: string, months: readonly Month[]): DataCoverage[] {
  return months.map(({missing = 0, estimated = 0}, i) => ({
    ...townHall,
    meter_point_id: "2000012345678",
    month: new Date(Date.UTC(utc(first).getUTCFullYear(), utc(first).getUTCMonth() + i, 1)),
    expected_half_hours: 1440,
    present_half_hours: 1440 - missing,
    estimated_half_hours: estimated,
    missing_half_hours: missing,
    ...meter
  }));
}

/** Six meters of four sites: two with reads missing, one of them whole months, one with estimates, one younger than the rest. */
export function sixMeters(): DataCoverage[] {
  const year = (odd: Record<number, Month> = {}) => Array.from({length: 12}, (_, i) => odd[i] ?? {});
  const library = {site_id: "library", site_name: "Heald Green Library", meter_point_id: "2000012349999"};
  const baths = {site_id: "baths", site_name: "Grand Central Leisure Complex"};
  const depot = {site_id: "depot", site_name: "Bird Hall Lane Depot", meter_point_id: "2000012343333"};
  return [
    ...coverage({}, "2025-11-01", year({5: {missing: 300}, 6: {missing: 40, estimated: 90}})),
    ...coverage({meter_point_id: "9912345678", energy: "gas"}, "2025-11-01", year()),
    ...coverage(library, "2026-02-01", year({7: {estimated: 200}, 8: {estimated: 20}}).slice(0, 9)),
    ...coverage({...baths, meter_point_id: "2000012341111"}, "2025-11-01", year()),
    ...coverage({...baths, meter_point_id: "2000012342222"}, "2025-11-01", year()),
    ...coverage(depot, "2025-11-01", year({2: {missing: 1440}, 9: {missing: 1440}}))
  ];
}

/** A hundred meters of fifty schools over thirty months: the first 45 with ever fewer missing, five with estimates, fifty complete. */
export function manyMeters(): DataCoverage[] {
  const chance = seeded(3);
  return Array.from({length: 100}, (_, i) => {
    const school = {
      site_id: `school-${i >> 1}`,
      site_name: `${["Bramhall", "Cale Green", "Ladybridge"][i % 3]} School ${i >> 1}`
    };
    const meter = {
      ...school,
      meter_point_id: `${2_000_010_000_000 + i}`,
      energy: i % 2 ? "gas" : "electricity"
    } as const;
    const months = Array.from({length: 30}, (_, month) => oddMonth(i, month, chance()));
    return coverage(meter, "2024-05-01", months);
  }).flat();
}

function oddMonth(meter: number, month: number, chance: number): Month {
  if (meter < 45)
    return month === 6 + (meter % 24) || chance < 0.1 ? {missing: 1440 - meter * 32} : oftenEstimated(chance);
  return meter < 50 && month === 29 ? {estimated: 10} : {};
}

function oftenEstimated(chance: number): Month {
  return chance > 0.95 ? {estimated: 48} : {};
}
