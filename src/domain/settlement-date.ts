import {periodsOn} from "./settlement.ts";

/**
 * How many settlement periods (half-hours of local time) a date has in Great Britain; null where the text is no date.
 *
 * The text is YYYYMMDD. The clocks change on the last Sundays of March and October, as they have since 1996; half-hourly settlement
 * began in 1998, and earlier years are counted by the same rule.
 */
export function periodsOnDate(date: string): 46 | 48 | 50 | null {
  const day = parsedDate(date);
  if (day === null) return null;
  if (!isLastSunday(day)) return periodsOn.winter;
  if (day.getUTCMonth() === march) return periodsOn.spring;
  return day.getUTCMonth() === october ? periodsOn.autumn : periodsOn.winter;
}

const march = 2;
const october = 9;

/** Of a month of 31 days. */
const isLastSunday = (day: Date) => day.getUTCDay() === 0 && day.getUTCDate() >= 25;

function parsedDate(date: string): Date | null {
  if (!/^\d{8}$/.test(date)) return null;
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6)];
  const instant = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return instant.toISOString().startsWith(`${year}-${month}-${day}T`) ? instant : null;
}
