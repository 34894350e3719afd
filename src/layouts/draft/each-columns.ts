import type {Layout} from "../layout.ts";
import {clockOfLong} from "./clock.ts";
import {type DatesRead, datePattern, datesIn, formatWords, isDate, isMonthly} from "./dates.ts";
import type {Shaped} from "./draft.ts";
import {statusOf} from "./meanings.ts";
import {areNumbers} from "./numbers.ts";
import type {NoDraft, Table, TableColumn} from "./table.ts";

/** Columns side by side of which each heading is a day, a month or a year from April to March. */
export interface DatedRun {
  readonly columns: readonly TableColumn[];
  readonly read: DatesRead;
  readonly interval: "day" | "month" | "financial year";
}

/** As few columns of dates as make a run. */
const fewest = 3;

/** The columns of a table that are named after days, months or years; null where there are too few. */
export function datedRun(columns: readonly TableColumn[]): DatedRun | null {
  const years = runOf(columns, isYear);
  if (years.length >= fewest && years.every(({name}, at) => firstYear(name) === firstYear(years[0]?.name ?? "") + at))
    return {columns: years, read: ofYears, interval: "financial year"};
  const run = runOf(columns, isDate);
  const read = run.length < fewest ? null : datesIn(run.map(({name}) => name));
  return read === null ? null : {columns: run, read, interval: isMonthly(read.formats[0] ?? "") ? "month" : "day"};
}

/** The first columns side by side whose names are such. */
function runOf(columns: readonly TableColumn[], is: (name: string) => boolean): readonly TableColumn[] {
  const first = columns.findIndex(({name}) => is(name));
  const after = columns.findIndex(({name, index}) => index > first && !is(name));
  return first === -1 ? [] : columns.slice(first, after === -1 ? columns.length : after);
}

/** 2024/25, 2024-25, 2024/2025. */
const yearPattern = "^(\\d{4})[/-](?:\\d\\d)?\\d\\d$";
const firstYear = (name: string) => Number(new RegExp(yearPattern).exec(name)?.[1]);
const isYear = (name: string) =>
  (firstYear(name) + 1) % 100 === Number(name.slice(-2)) && new RegExp(yearPattern).test(name);
const ofYears: DatesRead = {formats: ["%Y"], orElse: null, settledBy: null, hasTime: false, hasZone: false};

/** A table with a column for each day or month: each cell is what was used in it. */
export function eachShape(
  {names}: Table,
  {columns, read, interval}: DatedRun,
  free: readonly TableColumn[]
): Shaped | NoDraft {
  const [format = ""] = read.formats;
  const cells = columns.flatMap(column => column.cells);
  if (!areNumbers(cells))
    return {
      reason: `the columns "${columns[0]?.name}" to "${columns.at(-1)?.name}" are dates, and do not hold numbers`
    };
  const time = free.find(({name}) => /^(time|half.?hour|hour|period)/i.test(name));
  if (time !== undefined)
    return {
      reason: `each of its columns is a day and each row a time ("${time.name}"): ask for a row for each day instead`
    };
  const isOfYears = interval === "financial year";
  const each = {
    each: isOfYears ? "Year" : interval === "month" ? "Month" : "Day",
    matches: isOfYears ? yearPattern : datePattern(format),
    holds: "Quantity"
  };
  const [first, last] = [columns[0]?.name ?? "", columns.at(-1)?.name ?? ""];
  return {
    columns: names.flatMap((name, index): Layout["columns"] => {
      if (!columns.some(column => column.index === index)) return [name];
      return columns[0]?.index === index ? [each] : [];
    }),
    date: {column: each.each, formats: read.formats, ...(isOfYears ? {matches: yearPattern} : {})},
    shape: {rows: "reading", quantity: each.holds, placed_by: {date: "alone"}},
    interval,
    dial: null,
    clock: clockOfLong,
    status: statusOf(free),
    quantities: [{index: -1, name: `${first} to ${last}`, cells}],
    rowTotal: null,
    description: `a column for each ${interval}, "${first}" to "${last}"`,
    found: [
      [
        "periods",
        `a column for each ${interval}, "${first}" to "${last}", ${isOfYears ? "from April to March" : `written ${formatWords(format)}`}: they count in totals, and nothing is said of their half-hours`
      ]
    ],
    undecided: isOfYears
      ? [
          'The year. "2024/25" is taken for April 2024 to March 2025. If years begin in another month, ask the sender for months.'
        ]
      : [],
    evidence: `The columns "${first}" to "${last}" are each a ${interval}.`,
    unitTexts: names.filter(name => !isDate(name)),
    rest: free
  };
}
