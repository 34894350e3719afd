import {periodsByClock} from "../calendar.ts";
import type {MeterDay} from "../reads.ts";
import {printPlace} from "./print.ts";

/**
 * A day as 48 half-hours of the wall clock, each after a comma. In spring the hour that does not happen is empty;
 * in autumn the hour that happens twice shows its first pass, and the second is lost.
 */
export function printClockColumns(day: MeterDay): string {
  const {decimals} = day.series.meter;
  let text = "";
  for (const place of periodsByClock(day.date)) text += place < 0 ? "," : `,${printPlace(day, place, decimals)}`;
  return text;
}

/** The places of a day that the wall clock has columns for. */
export function clockPlaces({date}: MeterDay): number[] {
  return periodsByClock(date).filter(place => place >= 0);
}
