import type {IsoDate} from "./calendar.ts";

/** Invented school holidays, month and day, both ends included: the same every year. */
const SCHOOL_HOLIDAYS: readonly (readonly [from: string, to: string])[] = [
  ["01-01", "01-03"],
  ["02-14", "02-20"],
  ["04-03", "04-16"],
  ["05-25", "05-31"],
  ["07-22", "09-02"],
  ["10-24", "10-31"],
  ["12-20", "12-31"]
];

/** Days on which whatever can be shut is shut. */
const SHUT_DAYS: ReadonlySet<string> = new Set(["01-01", "12-25", "12-26"]);

export function isSchoolHoliday(date: IsoDate): boolean {
  const day = monthAndDay(date);
  return SCHOOL_HOLIDAYS.some(([from, to]) => day >= from && day <= to);
}

export function isShutDay(date: IsoDate): boolean {
  return SHUT_DAYS.has(monthAndDay(date));
}

function monthAndDay(date: IsoDate): string {
  return date.slice("YYYY-".length);
}
