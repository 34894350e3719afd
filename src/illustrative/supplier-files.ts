import type {Account, FeedFolder, LayoutName} from "./accounts.ts";
import {REGULAR_FROM} from "./accounts.ts";
import {addDays, addMonths, type IsoDate, type Month, monthOf} from "./calendar.ts";
import {ESTATE_PERIOD} from "./estate.ts";
import type {MeterDay} from "./reads.ts";

/** A file before it is written: rows in order, series by series. */
export interface SupplierFile {
  readonly name: string;
  readonly folder: FeedFolder;
  readonly layout: LayoutName;
  /** When the supplier made it: `YYYY-MM-DD HH:MM` on the wall clock. */
  readonly issuedAt: string;
  readonly days: readonly MeterDay[];
}

/** The months of a file: from `start`, up to but not with `next`. */
interface Span {
  readonly start: Month;
  readonly next: Month;
}

const ISSUE = {day: "02", time: "07:14"} as const;
const MONTHS_PER_YEAR = 12;

/** The spans of an account's files: financial years first, then its own. The last ends with the period. */
export function spansOf({from, monthsPerFile}: Account): Span[] {
  const end = addMonths(monthOf(ESTATE_PERIOD.to), 1);
  const years = cut(REGULAR_FROM, end, monthsPerFile);
  for (let next = REGULAR_FROM; next > monthOf(from); next = addMonths(next, -MONTHS_PER_YEAR)) {
    const start = addMonths(next, -MONTHS_PER_YEAR);
    years.unshift({start: start < from ? monthOf(from) : start, next});
  }
  return years;
}

/** Cuts the days of an account into its files, each issued early in the month after it ends. */
export function cutIntoFiles(account: Account, days: readonly MeterDay[]): SupplierFile[] {
  const spans = spansOf(account);
  const daysOf = spans.map((): MeterDay[] => []);
  for (const day of days) daysOf[spans.findIndex(({next}) => day.date < next)]?.push(day);
  return spans.map((span, index) => ({
    name: `${account.fileStem}-${spanText(span)}.${account.extension}`,
    folder: account.folder,
    layout: account.layout,
    issuedAt: `${span.next}-${ISSUE.day} ${ISSUE.time}`,
    days: daysOf[index] ?? []
  }));
}

/** The first and last date that a file has rows for. */
export function datesOf(file: SupplierFile): [first: IsoDate, last: IsoDate] {
  const dates = file.days.map(day => day.date).sort();
  return [dates[0] ?? "", dates.at(-1) ?? ""];
}

/** Earliest first. */
export function byIssue(one: SupplierFile, other: SupplierFile): number {
  return Date.parse(`${one.issuedAt}Z`) - Date.parse(`${other.issuedAt}Z`);
}

function cut(from: Month, end: Month, months: number): Span[] {
  if (from >= end) return [];
  const whole = addMonths(from, months);
  const next = whole < end ? whole : end;
  return [{start: from, next}, ...cut(next, end, months)];
}

function spanText({start, next}: Span): string {
  const last = monthOf(addDays(`${next}-01`, -1));
  return last === start ? start : `${start}-to-${last}`;
}
