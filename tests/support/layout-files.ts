import {columnsOf, type Layout} from "../../src/layouts/layout.ts";
import {halfHoursOf} from "./oracle.ts";

/** One half-hour of an invented meter: the day and period it falls in (from 1), when it begins, what the wall clock shows then, and what it holds. */
export interface Reading {
  readonly date: string;
  readonly period: number;
  readonly at: number;
  readonly clock: string;
  readonly quantity: number;
}

/** Every half-hour of these days, each with what `quantityOf` says. */
export function readingsOf(dates: readonly string[], quantityOf: (day: number, period: number) => number): Reading[] {
  return dates.flatMap((date, day) =>
    halfHoursOf(date).map(({at, clock}, index) => ({
      date,
      period: index + 1,
      at,
      clock,
      quantity: quantityOf(day + 1, index + 1)
    }))
  );
}

/** A file as its layout says that a supplier writes it, and which of the readings it has room for. */
export interface LayoutFile {
  readonly text: string;
  readonly held: readonly Reading[];
}

const minute = 60_000;
const day = 1440 * minute;
const iso = (at: number) => new Date(at).toISOString();

/** What names the invented meter in a column of each kind. */
export const meterTexts = {
  mpan: "1600000000010",
  mprn: "9100000001",
  mpxn: "1600000000010",
  spid: "3012345678W11",
  name: "SERIAL-1"
} as const;

/** A file of one invented meter in this layout. What is in no column of its own is some word. */
export function fileIn(layout: Layout, readings: readonly Reading[]): LayoutFile {
  const {rows, held} = layout.shape.rows === "day" ? dayRows(layout, readings) : readingRows(layout, readings);
  const names = columnsOf(layout).map(({name}) => name);
  const preamble =
    typeof layout.issued === "object" && "preamble" in layout.issued ? ["Generated: 02/11/26 07:00", ""] : [];
  const table = [...(layout.header === "none" ? [] : [names]), ...rows].map(cells => cells.join(layout.separator));
  const headings = layout.headings.map(({name, begins}) => `${begins},${plainCell(layout, name, 0)}`);
  return {text: [...preamble, ...headings, ...table, ""].join("\n"), held};
}

function dayRows(layout: Layout, readings: readonly Reading[]) {
  const columns = columnsOf(layout);
  const placed = readings.flatMap(reading => {
    const place = placeOf(layout, reading);
    return place !== null && columns.some(({halfHour}) => halfHour === place.column) ? [{reading, ...place}] : [];
  });
  const rows = [...new Set(placed.map(({date}) => date))].map(date => {
    const cells = new Map(
      placed.filter(each => each.date === date).map(({column, reading}) => [column, reading.quantity])
    );
    const total = [...cells.values()].reduce((sum, quantity) => sum + quantity, 0);
    return columns.map(({name, holds, halfHour}) => {
      const quantity = halfHour === null ? undefined : cells.get(halfHour);
      if (holds === "quantity") return quantity === undefined ? "" : String(quantity);
      if (holds === "status") return besideText(layout, quantity !== undefined);
      if (name === layout.checks.row_total?.column) return String(total);
      return plainCell(layout, name, Date.parse(`${date}T00:00:00Z`));
    });
  });
  return {rows, held: placed.map(({reading}) => reading)};
}

/** The row and the half-hour column of a reading; null where no column shows it. */
function placeOf({clock}: Layout, {date, period, at, clock: time}: Reading): {date: string; column: number} | null {
  if (clock === "settlement-period") return {date, column: period};
  if (clock === "utc") return {date: iso(at).slice(0, 10), column: 1 + (at % day) / (30 * minute)};
  const isSecondPass = halfHoursOf(date).findIndex(each => each.clock === time) !== period - 1;
  const [hour, half] = time.split(":").map(Number);
  const column = 1 + 2 * (hour ?? 0) + (half ?? 0) / 30;
  return {date, column: isSecondPass ? column + 46 : column};
}

function besideText({status}: Layout, isHeld: boolean): string {
  return "beside" in status ? textOf(status.beside, isHeld ? ["actual"] : ["missing"]) : "";
}

/** The first text that means one of these. */
function textOf(means: Readonly<Record<string, string>>, wanted: readonly string[]): string {
  return Object.keys(means).find(text => wanted.includes(means[text] ?? "")) ?? "";
}

/** The first text that means something to be read. */
const meantText = (means: Readonly<Record<string, string>>) =>
  Object.keys(means).find(text => means[text] !== "drop") ?? "";

/** A cell outside the half-hours, in a row dated `at`, which is an instant as though the clock were UTC. */
function plainCell(layout: Layout, name: string, at: number): string {
  const {meter, date, checks, unit, channel, status} = layout;
  if (meter !== "given" && "column" in meter && name === meter.column) return meterTexts[meter.kind];
  if (name === date.column) return written(date.formats[0] ?? "", at - date.offset_days * day);
  if (name === checks.daily_sequence?.by) return String(Math.trunc(at / day));
  for (const meaning of [unit, channel])
    if ("column" in meaning && name === meaning.column && !meaning.are_patterns) return meantText(meaning.means);
  if ("column" in status && name === status.column) return textOf(status.means, ["actual"]);
  return "note";
}

function readingRows(layout: Layout, readings: readonly Reading[]) {
  const {shape} = layout;
  if (shape.rows !== "reading") throw new Error("not rows of readings");
  const {placed_by: by, quantity} = shape;
  const rows = readings.map(reading => {
    const {midnight, minutes} = whenOf(layout, reading);
    const hasTimeColumn = "stamp" in by && by.time !== undefined;
    return columnsOf(layout).map(({name}) => {
      if (name === quantity) return String(reading.quantity);
      if ("period" in by && name === by.period) return String(reading.period);
      if ("stamp" in by && name === by.time) return timeOf(minutes);
      return plainCell(layout, name, midnight + (hasTimeColumn ? 0 : minutes * minute));
    });
  });
  return {rows, held: readings};
}

/** The day of a reading's row and the minutes of its label, by the layout's clock, as though that were UTC. The last end of a day is 24:00. */
function whenOf({clock, shape}: Layout, {date, at, clock: time}: Reading): {midnight: number; minutes: number} {
  if (shape.rows !== "reading" || !("stamp" in shape.placed_by))
    return {midnight: Date.parse(`${date}T00:00:00Z`), minutes: 0};
  const start = clock === "utc" ? at : Date.parse(`${date}T${time}:00Z`);
  const minutes = (start % day) / minute + (shape.placed_by.stamp === "end" ? 30 : 0);
  return {midnight: start - (start % day), minutes};
}

const timeOf = (minutes: number) =>
  `${String(Math.trunc(minutes / 60)).padStart(2, "0")}${String(minutes % 60).padStart(2, "0")}`;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** An instant in a strptime format, as though the clock were UTC. */
export function written(format: string, at: number): string {
  const text = iso(at);
  const hour = Number(text.slice(11, 13));
  const parts: Readonly<Record<string, string>> = {
    Y: text.slice(0, 4),
    y: text.slice(2, 4),
    m: text.slice(5, 7),
    d: text.slice(8, 10),
    b: months[Number(text.slice(5, 7)) - 1] ?? "",
    a: weekdays[new Date(at).getUTCDay()] ?? "",
    H: text.slice(11, 13),
    I: String(hour % 12 || 12).padStart(2, "0"),
    M: text.slice(14, 16),
    S: text.slice(17, 19),
    p: hour < 12 ? "AM" : "PM"
  };
  return format.replace(/%(.)/g, (_match, part: string) => {
    const found = parts[part];
    if (found === undefined) throw new Error(`no such part of a date: %${part}`);
    return found;
  });
}
