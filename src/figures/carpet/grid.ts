import {utcOfWallClock} from "../../domain/british-clock.ts";
import type {SiteHalfHourly} from "../../models/marts/site_half_hourly.ts";

const dayMs = 86_400_000;
export const halfHoursADay = 48;

/** A day of one site and energy: its half-hours of the wall clock that have a row, and what was read in each. */
export interface CarpetDay extends Omit<SiteHalfHourly, "clock_half_hour" | "power_kw" | "is_estimated"> {
  readonly half_hours: readonly number[];
  readonly power_kw: readonly (number | null)[];
  readonly is_estimated: readonly boolean[];
}

/** One half-hour of the carpet: the read held, `null` where one should be and is not, `undefined` where the clock skips it. */
export type Cell = {readonly power_kw: number; readonly is_estimated: boolean} | null | undefined;

/** A carpet's days, every one from the first to the last, and its cells: all days at 00:00, then all at 00:30, and so on. */
export interface Grid {
  readonly days: readonly Date[];
  readonly cells: readonly Cell[];
}

/** The dense grid of one site and energy. A row whose power is not known counts as no read. */
export function gridOf(rows: readonly CarpetDay[]): Grid {
  const grid = made.get(rows) ?? madeOf(rows);
  made.set(rows, grid);
  return grid;
}

/** A picture that is drawn at several widths is of one grid. */
const made = new WeakMap<readonly CarpetDay[], Grid>();

function madeOf(rows: readonly CarpetDay[]): Grid {
  const days = daysOf(rows);
  const first = days[0]?.getTime() ?? 0;
  const cells: Cell[] = Array.from({length: halfHoursADay}, (_, halfHour) =>
    days.map(day => (isSkipped(day, halfHour) ? undefined : null))
  ).flat();
  for (const row of rows) {
    const day = (row.settlement_date.getTime() - first) / dayMs;
    for (const [i, halfHour] of row.half_hours.entries()) {
      const power_kw = row.power_kw[i] ?? null;
      if (power_kw !== null)
        cells[halfHour * days.length + day] = {power_kw, is_estimated: row.is_estimated[i] ?? false};
    }
  }
  return {days, cells};
}

function daysOf(rows: readonly CarpetDay[]): Date[] {
  if (rows.length === 0) return [];
  const times = rows.map(row => row.settlement_date.getTime());
  const first = times.reduce((a, b) => Math.min(a, b));
  const last = times.reduce((a, b) => Math.max(a, b));
  return Array.from({length: (last - first) / dayMs + 1}, (_, i) => new Date(first + i * dayMs));
}

/** Whether the clocks go forward over this half-hour: the two from 01:00 on one day a year. */
const isSkipped = (day: Date, halfHour: number) =>
  (halfHour === 2 || halfHour === 3) && utcOfWallClock(day.getTime() + (halfHour * dayMs) / halfHoursADay) === null;

/** The half-hour of the day whose reads, over all days, are highest on average; `undefined` where nothing was used. */
export function usualPeak({cells, days}: Grid): number | undefined {
  const means = Array.from({length: halfHoursADay}, (_, halfHour) =>
    meanOf(cells.slice(halfHour * days.length, (halfHour + 1) * days.length))
  );
  const most = Math.max(...means);
  return most > 0 ? means.indexOf(most) : undefined;
}

function meanOf(cells: readonly Cell[]): number {
  const held = powers(cells);
  return held.reduce((sum, kw) => sum + kw, 0) / Math.max(1, held.length);
}

/** The reads held, in kW. */
export function powers(cells: readonly Cell[]): number[] {
  const held: number[] = [];
  for (const cell of cells) if (cell) held.push(cell.power_kw);
  return held;
}
