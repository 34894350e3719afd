import {clockChangeOn} from "./british-clock.ts";
import {isRealDate} from "./dates.ts";

/**
 * Half-hours of a Great Britain settlement day. Slot p (1 to 50) is settlement period p: the p-th half-hour since local midnight.
 *
 * Days come in four kinds: `winter` (48 half-hours, local midnight is 00:00 UTC), `summer` (48, local midnight is 23:00 UTC of the day
 * before), `spring` (46, the clocks go forward) and `autumn` (50, the clocks go back).
 */
export type DayKind = "winter" | "summer" | "spring" | "autumn";

export const dayKinds: readonly DayKind[] = ["winter", "summer", "spring", "autumn"];
export const slotsADay = 50;
export const periodsOn: Record<DayKind, 46 | 48 | 50> = {winter: 48, summer: 48, spring: 46, autumn: 50};

/**
 * How the half-hour columns of one row run:
 * - `settlement-period`: elapsed since local midnight, column 1 is period 1, up to 50 of them;
 * - `local-clock`: the wall clock, 48 of them; in spring the columns of 01:00–02:00 hold nothing, in autumn they hold the first pass
 *   of that hour, and columns 49 and 50, where there are any, the second;
 * - `local-clock-sum`: the same 48, but in autumn the columns of 01:00–02:00 hold both passes of that hour added up; half of each is put to
 *   either pass, as an estimate;
 * - `utc`: 48 half-hours of the UTC day (a file labelled GMT all year).
 */
export type Clock = "settlement-period" | "local-clock" | "local-clock-sum" | "utc";

/** A stretch of columns that lands on a stretch of slots, of the same settlement day or of the next. All counted from 1. */
export interface Stretch {
  readonly column: number;
  readonly slot: number;
  readonly length: number;
  readonly isNextDay: boolean;
  /** Whether its columns hold two half-hours added up, and half of each is put here. */
  readonly isHalved: boolean;
}

const stretch = (column: number, slot: number, length: number, isNextDay = false, isHalved = false): Stretch => ({
  column,
  slot,
  length,
  isNextDay,
  isHalved
});

/** Where the columns of a row land, for a row dated on a day of this kind. Columns that land nowhere must hold nothing. */
export function stretchesOf(clock: Clock, kind: DayKind, columns: number): readonly Stretch[] {
  return stretchesByClock[clock](kind, columns).filter(({length}) => length > 0);
}

const stretchesByClock: Record<Clock, (kind: DayKind, columns: number) => Stretch[]> = {
  "settlement-period": (kind, columns) => [stretch(1, 1, Math.min(columns, periodsOn[kind]))],

  "local-clock": (kind, columns) => {
    if (kind === "spring") return [stretch(1, 1, 2), stretch(5, 3, 44)];
    if (kind === "autumn") return [stretch(1, 1, 4), stretch(49, 5, Math.min(columns - 48, 2)), stretch(5, 7, 44)];
    return [stretch(1, 1, 48)];
  },

  "local-clock-sum": (kind, columns) =>
    kind === "autumn"
      ? [stretch(1, 1, 2), stretch(3, 3, 2, false, true), stretch(3, 5, 2, false, true), stretch(5, 7, 44)]
      : stretchesByClock["local-clock"](kind, columns),

  utc: kind => {
    if (kind === "winter") return [stretch(1, 1, 48)];
    if (kind === "autumn") return [stretch(1, 3, 48)];
    if (kind === "spring") return [stretch(1, 1, 46), stretch(47, 1, 2, true)];
    return [stretch(1, 3, 46), stretch(47, 1, 2, true)];
  }
};

/**
 * How many settlement periods (half-hours of local time) a date (YYYYMMDD) has; null where the text is no date. Half-hourly settlement began in 1998;
 * earlier years are counted by the same rule.
 */
export function periodsOnDate(date: string): 46 | 48 | 50 | null {
  const day = date.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
  if (date.length !== 8 || !isRealDate(day)) return null;
  return periodsOn[clockChangeOn(day) ?? "winter"];
}
