import type {SiteEnergyDaily} from "../../models/marts/site_energy_daily.ts";
import type {SiteHalfHourly} from "../../models/marts/site_half_hourly.ts";
import type {Example} from "../kit/define-figure.ts";
import {dayMs, daysFrom, seeded, townHall, utc} from "../kit/examples/invented.ts";
import type {CarpetDay} from "./grid.ts";

/** Half-hours as rows of days. */
export function inDays(rows: readonly SiteHalfHourly[]): CarpetDay[] {
  const days = new Map<number, SiteHalfHourly[]>();
  for (const row of rows)
    days.set(row.settlement_date.getTime(), [...(days.get(row.settlement_date.getTime()) ?? []), row]);
  return [...days.values()].flatMap(own =>
    own.slice(0, 1).map(({clock_half_hour: _, power_kw: __, is_estimated: ___, ...day}) => ({
      ...day,
      half_hours: own.map(row => row.clock_half_hour),
      power_kw: own.map(row => row.power_kw),
      is_estimated: own.map(row => row.is_estimated)
    }))
  );
}

/** A year of an office: weekdays busy from 08:00, lighter at weekends, warmer by winter; a week lost in May, a week estimated in June. */
export function officeYear(site: Partial<SiteHalfHourly> = {}): SiteHalfHourly[] {
  const chance = seeded(7);
  return daysFrom("2025-11-01", 365).flatMap((settlement_date, day) =>
    Array.from({length: 48}, (_, clock_half_hour) => ({
      ...townHall,
      quantity: "use" as const,
      settlement_date,
      clock_half_hour,
      power_kw: isLost(day, clock_half_hour) ? null : officeKw(settlement_date, clock_half_hour, chance()),
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
    quantity: "use" as const,
    half_hourly_kwh: 200,
    closed_kwh: closedKwh,
    community_kwh: closedKwh === null ? null : 0,
    day_class: closedKwh === null ? null : ("open" as const),
    base_load_kw: 14,
    base_load_eight_lowest_kw: 14,
    expected_half_hours: 48,
    present_half_hours: 48,
    estimated_half_hours: 0
  }));
}

/** A year of an office, and no reads at all. */
export const examples: readonly Example<CarpetDay, {days: SiteEnergyDaily}>[] = [
  {
    name: "carpet",
    rows: inDays(officeYear()),
    more: {days: officeDays(365)},
    looks: [
      ["light", 960],
      ["dark", 960],
      ["light", 375],
      ["dark", 375]
    ]
  },
  {name: "empty", rows: [], more: {days: []}, looks: [["light", 960]]}
];
