import {clockMinutes, isSecondPass, MINUTES_PER_PERIOD, PERIODS_PER_DAY} from "../calendar.ts";
import type {Cell, MeterDay} from "../reads.ts";

/**
 * A day as 48 half-hours of the wall clock. In spring the hour that does not happen is empty;
 * in autumn the hour that happens twice shows its first pass, and the second is lost.
 */
export function clockColumns({date, cells}: MeterDay): Cell[] {
  const columns = Array.from({length: PERIODS_PER_DAY}, (): Cell => null);
  cells.forEach((cell, index) => {
    if (!isSecondPass(date, index + 1)) columns[clockMinutes(date, index + 1) / MINUTES_PER_PERIOD] = cell;
  });
  return columns;
}
