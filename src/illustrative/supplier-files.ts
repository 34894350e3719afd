import {addDays, addMonths, type IsoDate, type Month, monthOf} from "./calendar.ts";
import type {Account, LayoutName} from "./estate.ts";
import type {MeterDay} from "./reads.ts";

/** A file before it is written: rows in order, meter by meter. */
export interface SupplierFile {
  readonly name: string;
  readonly layout: LayoutName;
  /** When the supplier made it: `YYYY-MM-DD HH:MM` on the wall clock. */
  readonly issuedAt: string;
  readonly days: readonly MeterDay[];
}

const ISSUE = {day: "02", time: "07:14"} as const;

/** Cuts the days of an account's meters into its files, each issued early in the month after it ends. */
export function cutIntoFiles(account: Account, days: readonly MeterDay[]): SupplierFile[] {
  const months = [...new Set(days.map(day => monthOf(day.date)))].sort();
  const starts = months.filter((_, index) => index % account.monthsPerFile === 0);
  return starts.map(start => cutFile(account, days, start));
}

/** The first and last date that a file has rows for. */
export function datesOf(file: SupplierFile): [first: IsoDate, last: IsoDate] {
  const dates = file.days.map(day => day.date).sort();
  return [dates[0] ?? "", dates.at(-1) ?? ""];
}

function cutFile(account: Account, days: readonly MeterDay[], start: Month): SupplierFile {
  const next = addMonths(start, account.monthsPerFile);
  return {
    name: `${account.fileStem}-${span(start, next)}.csv`,
    layout: account.layout,
    issuedAt: `${next}-${ISSUE.day} ${ISSUE.time}`,
    days: days.filter(day => day.date >= `${start}-01` && day.date < `${next}-01`)
  };
}

function span(start: Month, next: Month): string {
  const last = monthOf(addDays(`${next}-01`, -1));
  return last === start ? start : `${start}-to-${last}`;
}
