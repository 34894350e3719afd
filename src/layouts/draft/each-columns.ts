import type {Layout} from "../layout.ts";
import {clockOfLong} from "./clock.ts";
import {type DatesRead, datePattern, datesIn, formatWords, isDate, isMonthly} from "./dates.ts";
import type {Shaped} from "./draft.ts";
import {statusOf} from "./meanings.ts";
import {areNumbers} from "./numbers.ts";
import type {NoDraft, Table, TableColumn} from "./table.ts";

/** Columns side by side of which each heading is a day or a month. */
export interface DatedRun {
  readonly columns: readonly TableColumn[];
  readonly read: DatesRead;
}

/** As few columns of dates as make a run. */
const fewest = 3;

/** The columns of a table that are named after days or months; null where there are too few. */
export function datedRun(columns: readonly TableColumn[]): DatedRun | null {
  const first = columns.findIndex(({name}) => isDate(name));
  const after = columns.findIndex(({name, index}) => index > first && !isDate(name));
  const run = first === -1 ? [] : columns.slice(first, after === -1 ? columns.length : after);
  const read = run.length < fewest ? null : datesIn(run.map(({name}) => name));
  return read === null ? null : {columns: run, read};
}

/** A table with a column for each day or month: each cell is what was used in it. */
export function eachShape({names}: Table, {columns, read}: DatedRun, free: readonly TableColumn[]): Shaped | NoDraft {
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
  const interval = isMonthly(format) ? "month" : "day";
  const each = {each: interval === "month" ? "Month" : "Day", matches: datePattern(format), holds: "Quantity"};
  const [first, last] = [columns[0]?.name ?? "", columns.at(-1)?.name ?? ""];
  return {
    columns: names.flatMap((name, index): Layout["columns"] => {
      if (!columns.some(column => column.index === index)) return [name];
      return columns[0]?.index === index ? [each] : [];
    }),
    date: {column: each.each, formats: read.formats},
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
        `a column for each ${interval}, "${first}" to "${last}", written ${formatWords(format)}: they count in totals, and nothing is said of their half-hours`
      ]
    ],
    undecided: [],
    evidence: `The columns "${first}" to "${last}" are each a ${interval}.`,
    unitTexts: names.filter(name => !isDate(name)),
    rest: free
  };
}
