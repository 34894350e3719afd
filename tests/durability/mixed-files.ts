import {type Random, randomFor} from "../../src/illustrative/random.ts";
import {type DeliveredFile, type DeliveredRow, halfHoursOf, type Status} from "../support/oracle.ts";
import {gmtFile, periodDayFile, periodFile, portalFile} from "../support/supplier-files.ts";
import {sha256} from "./folder.ts";
import {mpanNumbered} from "./story.ts";

/** A file for the inbox and what it holds. */
export interface MixedFile {
  readonly name: string;
  readonly text: string;
  /** Null where canopy cannot but refuse it. */
  readonly delivered: Omit<DeliveredFile, "receivedAt"> | null;
}

/** The meters that the files are of; the last has a folder of its own in the inbox, since its files do not name it. */
export const mixedMeters = [mpanNumbered(1), mpanNumbered(2), mpanNumbered(3), "meter-of-folder"] as const;
const [first, second, third, ofFolder] = mixedMeters;

/** Few days, so that files revise each other; both days of 2025 on which the clocks change. */
const dates = ["2025-03-29", "2025-03-30", "2025-09-01", "2025-09-02", "2025-10-25", "2025-10-26"];

/** Makes the file of this number: the same for the same seed. */
export function mixedFile(seed: number, number: number): MixedFile {
  const random = randomFor(seed, `file ${number}`);
  const make = pick(random, [portal, portal, portal, damagedPortal, longPortal, periodDays, reads, gmt, webPage]);
  const {text, rows, issuedAt = null, folder = ""} = make(random, number);
  const name = `${folder}${String(Math.trunc(random() * 1000)).padStart(3, "0")}-${number}.csv`;
  return {name, text, delivered: rows === null ? null : {sha256: sha256(text), issuedAt, rows}};
}

interface Made {
  readonly text: string;
  readonly rows: readonly DeliveredRow[] | null;
  readonly issuedAt?: string;
  readonly folder?: string;
}

type Maker = (random: Random, number: number) => Made;

const portal: Maker = (random, number) =>
  portalOf(
    someDays(random).map(([mpan, date]) => wallRow(random, number, mpan, date)),
    number
  );

/** Long enough that reading it takes a while. */
const longPortal: Maker = (random, number) => {
  const start = Date.parse("2024-01-01");
  const days = Array.from({length: 150}, (_, day) => new Date(start + day * 86_400_000).toISOString().slice(0, 10));
  const rows = days.flatMap(date => [first, second].map(mpan => wallRow(random, number, mpan, date)));
  return portalOf(rows, number);
};

/** A cell that is no number costs its half-hour; the file is read a second time, with line numbers. */
const damagedPortal: Maker = (random, number) => {
  const {text, rows, ...made} = portal(random, number);
  const [row, ...others] = rows ?? [];
  const column = row?.cells.findLastIndex(cell => cell !== null) ?? -1;
  const cell = row?.cells[column];
  if (row === undefined || cell === undefined || cell === null) return {text, rows, ...made};
  const cells = row.cells.with(column, null);
  return {text: text.replace(`,${cell}`, ",#REF!"), rows: [{...row, cells}, ...others], ...made};
};

/** 50 settlement periods, each with its own flag. */
const periodDays: Maker = (random, number) => {
  const rows = ownDays(random, number).map(([mpan, date]): DeliveredRow & {status: readonly Status[]} => {
    const cells = cellsOf(random, number, halfHoursOf(date).length);
    return {mpan, date, clock: "periods", cells, status: cells.map(() => statusOf(random))};
  });
  const days = rows.map(({mpan, date, cells, status}) => ({
    mpan,
    date,
    cells: cells.map(cell => cell ?? "-"),
    flags: cells.map((cell, slot) => (cell === null ? "-" : status[slot] === "actual" ? "Actual" : "Estimated"))
  }));
  return {text: periodDayFile(days), rows};
};

/** A row for each reading. */
const reads: Maker = (random, number) => {
  const rows = ownDays(random, number).map(([mpan, date]): DeliveredRow => {
    return {mpan, date, clock: "periods", status: "actual", cells: cellsOf(random, number, halfHoursOf(date).length)};
  });
  const all = rows.flatMap(({mpan, date, cells}) =>
    cells.flatMap((kwh, slot) => (kwh === null ? [] : [{mpan, date, period: slot + 1, kwh}]))
  );
  return {text: periodFile(all), rows};
};

/** GMT all year, and of the one meter that its folder names. */
const gmt: Maker = (random, number) => {
  const [, spring, , , autumn] = datesOf(2001 + (number % 23));
  const middle = number % 46 < 23 ? spring : autumn;
  const rows = [-1, 0, 1].map((days): DeliveredRow => {
    const date = dayAfter(middle, days);
    return {mpan: ofFolder, date, clock: "utc", status: "actual", cells: cellsOf(random, number, 48)};
  });
  const text = gmtFile(rows.map(({date, cells}) => ({date, cells: cells.map(cell => cell ?? "")})));
  return {text, rows, folder: `${ofFolder}/`};
};

const webPage: Maker = (_, number) => ({text: `<!doctype html><title>Sign in</title>${number}\n`, rows: null});

/** No two are issued in one minute, nor in the order of their numbers. */
function portalOf(rows: readonly DeliveredRow[], number: number): Made {
  const [hour, minute] = [7 + Math.trunc(number / 60), (number * 37) % 60].map(part => String(part).padStart(2, "0"));
  const days = rows.map(({mpan, date, status, cells}) => ({
    mpan,
    date,
    est: status === "actual" ? "A" : "E",
    cells: cells.map(cell => cell ?? "")
  }));
  return {text: portalFile(`01/11/25 ${hour}:${minute}`, days), rows, issuedAt: `2025-11-01T${hour}:${minute}`};
}

function wallRow(random: Random, number: number, mpan: string, date: string): DeliveredRow {
  const hasNoSecondHour = halfHoursOf(date).length === 46;
  const cells = cellsOf(random, number, 48).map((cell, column) =>
    hasNoSecondHour && (column === 2 || column === 3) ? null : cell
  );
  return {mpan, date, clock: "wall", status: statusOf(random), cells};
}

/** The number of the file and in the decimals of the half-hour, rising and falling as no register does, none the beginning of another: a stretch of the day, or all of it. */
function cellsOf(random: Random, number: number, count: number): (number | null)[] {
  const isWhole = random() < 0.4;
  const from = isWhole ? 0 : Math.trunc(random() * count);
  const to = isWhole ? count : from + 1 + Math.trunc(random() * (count - from));
  return Array.from({length: count}, (_, slot) =>
    slot >= from && slot < to ? Number(`${200 + number}.${101 + ((slot * 7) % 50)}5`) : null
  );
}

const statusOf = (random: Random): Status => (random() < 0.5 ? "actual" : "estimated");

/** Some meters and days, none twice. */
function someDays(random: Random): [mpan: string, date: string][] {
  const all = [first, second, third].flatMap(mpan => dates.map((date): [string, string] => [mpan, date]));
  const some = all.filter(() => random() < 0.3);
  return some.length > 0 ? some : all.slice(0, 1);
}

/** Some days that no other file is of: a file that does not say when it was issued corrects no other. */
function ownDays(random: Random, number: number): [mpan: string, date: string][] {
  const mpan = [first, second, third][number % 3] as string;
  const all = datesOf(2001 + (Math.trunc(number / 3) % 23)).map((date): [string, string] => [mpan, date]);
  const some = all.filter(() => random() < 0.5);
  return some.length > 0 ? some : all.slice(1, 2);
}

/** Days of a year, the second and the last of which are those on which the clocks change. */
function datesOf(year: number): [string, string, string, string, string] {
  const lastSunday = (month: string) => {
    const last = `${year}-${month}-31`;
    return dayAfter(last, -new Date(last).getUTCDay());
  };
  const [spring, autumn] = [lastSunday("03"), lastSunday("10")];
  return [dayAfter(spring, -1), spring, `${year}-09-01`, dayAfter(autumn, -1), autumn];
}

const dayAfter = (date: string, days: number) =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

/** One of several, evenly. */
export function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.trunc(random() * from.length)] as T;
}
