import {readFileSync} from "node:fs";
import {addDays, datesBetween, type IsoDate, weekdayOf} from "../../src/illustrative/calendar.ts";
import {ESTATE_PERIOD, type Site} from "../../src/illustrative/estate.ts";
import {isOpenOn} from "../../src/illustrative/opening.ts";
import {SITES} from "../../src/illustrative/sites/sites.ts";
import {isSchoolHoliday} from "../../src/illustrative/terms.ts";

/** A row of calendar.csv: whose, what, its first and last day, and hours where it is open. */
export type CalendarRow = readonly [
  appliesTo: string,
  what: "holiday" | "closed" | "open",
  first: IsoDate,
  last: IsoDate,
  opensAt: string,
  closesAt: string
];

/** A year beyond the readings, as a council knows its holidays ahead. */
export const CALENDAR_TO = "2027-12-31";
const DATES = datesBetween(ESTATE_PERIOD.from, CALENDAR_TO);
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const SUNDAY = WEEKDAYS.indexOf("Sun");

/** The bank holidays of the reference table. */
export const BANK_HOLIDAYS: ReadonlySet<IsoDate> = new Set(
  readFileSync(new URL("../../data/reference/bank-holidays.csv", import.meta.url), "utf8")
    .split("\n")
    .slice(1)
    .map(line => line.split(",")[1] ?? "")
);

/** A kind of site that has hours, by a site of it; all of a kind have the same. */
const ofEachKind = [...new Map(SITES.filter(({hours}) => hours !== null).map(site => [site.kind, site])).values()].sort(
  (one, other) => (one.kind < other.kind ? -1 : 1)
);

/** The rows by which the register's rules come to the days on which the illustrative sites are open: holidays of schools, and days on which weekdays and bank holidays alone would say otherwise. */
export function calendarRows(): CalendarRow[] {
  return ofEachKind.flatMap(site => {
    const holidays = DATES.filter(date => isSchool(site) && isSchoolHoliday(date));
    const other = (isOpen: boolean) =>
      DATES.filter(date => {
        const isUsual = isOpenByRule(site, date) && !holidays.includes(date);
        return isUsual !== isOpen && isOpenOn(site, date) === isOpen;
      });
    const {opensAt = "", closesAt = ""} = site.hours ?? {};
    return [
      ...runsOf(holidays).map(([first, last]) => [site.kind, "holiday", first, last, "", ""] as const),
      ...runsOf(other(false)).map(([first, last]) => [site.kind, "closed", first, last, "", ""] as const),
      ...runsOf(other(true)).map(([first, last]) => [site.kind, "open", first, last, opensAt, closesAt] as const)
    ];
  });
}

/** Whether a site is open by its days of the week and bank holidays alone. */
export function isOpenByRule({hours}: Site, date: IsoDate): boolean {
  const [first = "", last = first] = (hours?.openDays ?? "").split("-");
  const isOpenOnDay = (day: number) => day >= WEEKDAYS.indexOf(first) && day <= WEEKDAYS.indexOf(last);
  return isOpenOnDay(weekdayOf(date)) && (isOpenOnDay(SUNDAY) || !BANK_HOLIDAYS.has(date));
}

function isSchool({kind}: Site): boolean {
  return kind.endsWith("-school");
}

/** Days that follow one another, as first and last. */
function runsOf(dates: readonly IsoDate[]): (readonly [IsoDate, IsoDate])[] {
  const days = new Set(dates);
  const ends = dates.filter(date => !days.has(addDays(date, 1)));
  return dates.filter(date => !days.has(addDays(date, -1))).map((first, index) => [first, ends[index] ?? first]);
}
