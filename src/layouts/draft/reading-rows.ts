import {clockChangeOn} from "../../domain/british-clock.ts";
import type {Layout} from "../layout.ts";
import {type DatedColumn, dateColumns, noDates} from "./date-column.ts";
import {isMonthly, stampIn} from "./dates.ts";
import {areNumbers} from "./numbers.ts";
import {isNamed, type NoDraft, type TableColumn, valuesOf} from "./table.ts";

type PlacedBy = Extract<Layout["shape"], {rows: "reading"}>["placed_by"];

/** When a row's reading is labelled: the day as written and the minutes of its label; `row` counts from 0. */
export interface Labelled {
  readonly row: number;
  readonly date: string;
  readonly minutes: number;
}

/** How the rows of a file with a reading each are placed. */
export interface ReadingRows {
  readonly date: DatedColumn;
  readonly placedBy: PlacedBy;
  readonly quantity: TableColumn;
  readonly labels: readonly Labelled[];
  readonly interval: Layout["interval"];
  /** What a register stood at, read now and then: its serial number, where a column holds that. */
  readonly dial: {readonly serial?: string} | null;
  readonly found: string;
  readonly undecided: readonly string[];
}

/** Rows of one reading each: by stamp, by date and time, or by date and settlement period. */
export function readingRowsIn(columns: readonly TableColumn[]): ReadingRows | NoDraft {
  const dated = dateColumns(columns);
  const [first] = dated;
  if (first === undefined) return noDates(columns);
  const stamped = dated.filter(hasTimes);
  const stamp = stamped.find(({column}) => isNamed(column, starts)) ?? stamped[0];
  const date = stamp ?? first;
  const others = columns.filter(column => column !== date.column && !dated.some(each => each.column === column));
  const period = others.find(isPeriod);
  const time = others.find(column => isTimeOfDay(column));
  const placing = stamp ? [] : period ? [period] : time ? [time] : null;
  if (placing === null) return longRowsIn(date, dated, others);
  const quantity = quantityOf(others.filter(column => !placing.includes(column)));
  if (quantity === null) return {reason: "no column holds numbers that could be readings"};
  return stamp === undefined && period !== undefined
    ? byPeriod(date, period, quantity)
    : byTime(date, stamp === undefined ? (time ?? null) : null, quantity);
}

const starts = /start|from|begin/i;
const ends = /\bend|\bto\b|finish|until/i;

function hasTimes({column, read}: DatedColumn): boolean {
  return read.hasTime && valuesOf(column).some(text => (stampIn(read.formats[0] ?? "", text)?.minutes ?? 0) > 0);
}

function isPeriod(column: TableColumn): boolean {
  const values = valuesOf(column);
  const isWhole = values.every(text => /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= 50);
  return (
    isWhole && values.length > 1 && (isNamed(column, /period|\bsp\b|interval|half|\bhh\b/i) || values.length >= 46)
  );
}

const minutesOf = (text: string): number | null => {
  const [, hours, minutes] = /^(\d{1,2}):?([0-5]\d)(?::00)?$/.exec(text) ?? [];
  const total = 60 * Number(hours) + Number(minutes);
  return hours === undefined || total > 1440 ? null : total;
};

function isTimeOfDay(column: TableColumn): boolean {
  const values = valuesOf(column);
  const hasColons = values.every(text => text.includes(":"));
  return (
    values.length > 1 && values.every(text => minutesOf(text) !== null) && (hasColons || isNamed(column, /time|hour/i))
  );
}

const wanted = [
  /\bkwh|consumption|usage|advance|active|energy|used/i,
  /quantity|value|reading|read|import|amount|volume|units|m3|m³/i
];
const unwanted =
  /total|cumul|cost|£|price|kva|reactive|temp|factor|index|register|\bid\b|\bno\b|number|serial|carbon|co2/i;

/** The column of numbers likeliest to be the readings. */
function quantityOf(columns: readonly TableColumn[]): TableColumn | null {
  const numeric = columns.filter(
    ({cells}) => areNumbers(cells) && !cells.every(cell => cell === "" || /^\d{6,}$/.test(cell))
  );
  const good = numeric.filter(column => !isNamed(column, unwanted));
  return (
    wanted.map(words => good.find(column => isNamed(column, words))).find(column => column !== undefined) ??
    good[0] ??
    numeric[0] ??
    null
  );
}

const dayMilliseconds = 86_400_000;

/** Rows of dates alone: a day, a month, from one date to another, or a read of a dial now and then. */
function longRowsIn(
  date: DatedColumn,
  dated: readonly DatedColumn[],
  others: readonly TableColumn[]
): ReadingRows | NoDraft {
  const quantity = quantityOf(others);
  if (quantity === null) return {reason: "no column holds numbers that could be readings"};
  const shared = {labels: [], dial: null, undecided: []};
  const until = dated.find(each => each !== date && isNamed(each.column, ends));
  const from = dated.find(each => each !== until && isNamed(each.column, starts)) ?? date;
  if (until !== undefined && until !== from)
    return {
      ...{
        ...shared,
        date: from,
        quantity,
        interval: "between dates",
        placedBy: {until: until.column.name, last_day: "counted"}
      },
      found: `a row for each period, from "${from.column.name}" to "${until.column.name}", that day counted; "${quantity.name}" is what was used in it`
    };
  if (isNamed(quantity, /read|index|register|dial|stood/i) && !isNamed(quantity, /kwh|used|consum|advance/i)) {
    const serial = others.find(column => column !== quantity && isNamed(column, /serial|msn|meter (no|number|id)/i));
    return {
      ...{...shared, date, quantity, interval: "between reads", placedBy: {date: "alone"}},
      dial: serial === undefined ? {} : {serial: serial.name},
      found: `a row for each read of a dial, in "${quantity.name}"; what is used is the difference from one to the next`
    };
  }
  const interval = isMonthly(date.read.formats[0] ?? "")
    ? "month"
    : commonestGap(date) >= 28
      ? "month"
      : commonestGap(date) === 1
        ? "day"
        : null;
  if (interval === null)
    return {
      reason: `"${date.column.name}" has dates alone, neither a day nor a month apart, and no second column says to when each row is`
    };
  return {
    ...{...shared, date, quantity, interval, placedBy: {date: "alone"}},
    found: `a row for each ${interval}, in "${quantity.name}": it counts in totals, and nothing is said of its half-hours`
  };
}

/** How many days most often lie between a date of a column and the next. */
function commonestGap({column, read}: DatedColumn): number {
  const days = [
    ...new Set(
      column.cells.flatMap(cell => {
        const stamp = stampIn(read.formats[0] ?? "", cell);
        return stamp === null ? [] : [Date.parse(stamp.date) / dayMilliseconds];
      })
    )
  ].sort((a, b) => a - b);
  const gaps = new Map<number, number>();
  for (const [index, day] of days.slice(1).entries()) {
    const gap = day - (days[index] ?? day);
    gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
  }
  return [...gaps].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

function byPeriod(date: DatedColumn, period: TableColumn, quantity: TableColumn): ReadingRows {
  return {
    date,
    placedBy: {period: period.name},
    quantity,
    labels: [],
    interval: 30,
    dial: null,
    found: `a row for each; "${quantity.name}" is the reading and "${period.name}" its settlement period`,
    undecided: []
  };
}

function byTime(date: DatedColumn, time: TableColumn | null, quantity: TableColumn): ReadingRows | NoDraft {
  const labels = labelsOf(date, time);
  const interval = intervalOf(labels);
  if (typeof interval === "object") return interval;
  const named = time ?? date.column;
  const {stamp, why, undecided} = endOf(named, labels);
  const midnight = stamp === "end" && time !== null ? {midnight: midnightOf(labels)} : {};
  const placedBy = {stamp, ...(time === null ? {} : {time: time.name}), ...midnight} as PlacedBy;
  return {
    date,
    placedBy,
    quantity,
    labels,
    interval,
    dial: null,
    found: `a row for each${interval === 30 ? "" : `, ${interval} minutes apart`}; "${quantity.name}" is the reading, and "${named.name}" is when it ${stamp}s${why}`,
    undecided
  };
}

function labelsOf({column, read}: DatedColumn, time: TableColumn | null): Labelled[] {
  return column.cells.flatMap((cell, row) => {
    const stamp = read.formats.map(format => stampIn(format, cell)).find(each => each !== null) ?? null;
    const minutes = time === null ? (stamp?.minutes ?? null) : minutesOf(time.cells[row] ?? "");
    return stamp === null || minutes === null ? [] : [{row, date: stamp.date, minutes}];
  });
}

/** How many minutes lie from one label to the next: the longest of which all of them are multiples. */
function intervalOf(labels: readonly Labelled[]): 5 | 10 | 15 | 30 | 60 | NoDraft {
  const within = new Set(labels.map(({minutes}) => minutes % 60));
  if (within.size === 1 && within.has(0) && labels.length > 4) return 60;
  const fit = ([30, 15, 10, 5] as const).find(step => [...within].every(minute => minute % step === 0));
  if (fit !== undefined) return fit;
  return {
    reason: `its times stand at ${[...within].slice(0, 4).join(", ")} minutes past the hour: canopy reads those 5, 10, 15, 30 or 60 minutes apart, from the hour on`
  };
}

/** Whether times are starts or ends, by their name or by where a day begins and ends in the file. */
function endOf(
  named: TableColumn,
  labels: readonly Labelled[]
): {stamp: "start" | "end"; why: string; undecided: string[]} {
  if (isNamed(named, starts)) return {stamp: "start", why: ", as its name says", undecided: []};
  if (isNamed(named, ends)) return {stamp: "end", why: ", as its name says", undecided: []};
  const gap = springGap(labels);
  if (gap !== null)
    return {stamp: gap, why: ", as the hour shows that is not there when the clocks go forward", undecided: []};
  const [first, last] = [labels[0]?.minutes, labels.at(-1)?.minutes];
  const change = (stamp: string) =>
    `Start or end. Nothing says whether "${named.name}" is when a half-hour starts or ends. ${stamp} If that is wrong every reading is half an hour out: put the other word for "stamp".`;
  if (labels.some(({minutes}) => minutes === 1440) || (first === 30 && last === 0))
    return {stamp: "end", why: "", undecided: [change("The file runs from 00:30 to midnight, so ends are taken.")]};
  const isWhole = first === 0 && last === 1410;
  return {
    stamp: "start",
    why: "",
    undecided: [
      change(
        isWhole ? "The file runs from 00:00 to 23:30, so starts are taken." : "Starts are taken, for want of any sign."
      )
    ]
  };
}

/** On a wall clock that goes forward, 01:00 and 01:30 start no half-hour, and 01:30 and 02:00 end none. */
function springGap(labels: readonly Labelled[]): "start" | "end" | null {
  const spring = labels.filter(({date}) => clockChangeOn(date) === "spring").map(({minutes}) => minutes);
  const isHeld = (minutes: number) => spring.includes(minutes);
  if (!isHeld(30) || isHeld(90) || !isHeld(150)) return null;
  if (isHeld(60) !== isHeld(120)) return isHeld(120) ? "start" : "end";
  return null;
}

/** Whether 00:00 closes the date it stands beside: in the file it then follows that date's 23:30. */
function midnightOf(labels: readonly Labelled[]): "row date" | "day before" {
  const closes = labels.some(
    ({date, minutes}, at) => minutes === 0 && labels[at - 1]?.date === date && labels[at - 1]?.minutes === 1410
  );
  return closes ? "row date" : "day before";
}
