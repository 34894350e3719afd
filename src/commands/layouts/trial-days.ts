import {inert} from "../../effects.ts";
import type {LoadRecord} from "../../ingest/ledger.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {clockText, daysText, weekdayText} from "../../wording/dates.ts";
import {andMore} from "../../wording/lists.ts";
import {readingText, several} from "../../wording/numbers.ts";
import {axis, sparkline} from "./sparkline.ts";

const shownRows = 5;
const shownChanges = 8;

interface Day {
  readonly meter_key: string;
  readonly channel: string;
  readonly unit: string;
  readonly settlement_date: Date;
  readonly periods: number;
  readonly held: number;
  readonly estimated: number;
  readonly total: number;
  /** Each half-hour of the day: the wall clock at its start, and what it holds, if anything. */
  readonly clocks: readonly string[];
  readonly readings: readonly (number | null)[];
}

/** Every half-hour of each day that landed, on the British clock. */
const daysSql = `
  select
    m.meter_key, m.channel, m.unit, m.settlement_date, s.periods,
    bit_count(m.present)::integer as held,
    bit_count(m.estimated)::integer as estimated,
    list_sum(m.quantity) as total,
    [strftime(local_time(s.starts_at + (slot - 1) * interval 30 minutes), '%H:%M') for slot in range(1, s.periods + 1)] as clocks,
    [case when (m.present >> (slot - 1)::ubigint) & 1 = 1 then m.quantity[slot] end for slot in range(1, s.periods + 1)] as readings
  from raw.meter_days m
  join ops.settlement_days s using (settlement_date)
  where m.load_id = $1`;

/** What half-hours landed: the first days, those on which the clocks change, and the shape of a day. */
export async function dayLines(connection: Connection, load: LoadRecord): Promise<string[]> {
  const first = await connection.rows<Day>(
    `${daysSql} order by m.settlement_date, m.meter_key, m.channel limit ${shownRows}`,
    [load.load_id]
  );
  if (first.length === 0) return [];
  const order = "order by settlement_date, meter_key";
  const changes = await connection.rows<Day>(`${daysSql} and s.periods <> 48 ${order}`, [load.load_id]);
  const {meters} = await connection.row<{meters: number}>(
    "select count(distinct meter_key)::integer as meters from raw.meter_days where load_id = $1",
    [load.load_id]
  );
  return [
    `  days        ${daysText(load.first_date, load.last_date)}, ${several(meters, "meter")}, ${several(load.reads, "half-hour")}`,
    "",
    `The first days, as canopy reads them (each time is when its half-hour starts, by the clock on the wall):`,
    ...first.flatMap(endsOf),
    "",
    ...changeLines(changes),
    "",
    ...(await shapeLines(connection, load.load_id))
  ];
}

function headOf({meter_key, channel, unit, settlement_date, periods, held, estimated, total}: Day): string {
  const day = `${weekdayText(settlement_date)}`;
  const meter = inert(meter_key.replace(/^name:/, ""));
  const guessed = estimated === 0 ? "" : `, ${estimated} of them estimated`;
  return `  ${meter}, ${day}, ${channel}: ${held} of ${periods} half-hours${guessed}, ${readingText(total)} ${unitText(unit)} in all`;
}

const unitText = (unit: string) => (unit === "metered" ? "(unit not said)" : unit);

const cellOf = ({clocks, readings}: Day, index: number) => {
  const reading = readings[index];
  return `${clocks[index]} ${reading === null || reading === undefined ? "nothing" : readingText(reading)}`;
};

/** A day with its first and last half-hours. */
function endsOf(day: Day): string[] {
  const {periods} = day;
  const cells = [0, 1, 2, periods - 2, periods - 1].map(index => cellOf(day, index));
  return [headOf(day), `      ${cells.slice(0, 3).join(" | ")} | … | ${cells.slice(3).join(" | ")}`];
}

function changeLines(days: readonly Day[]): string[] {
  if (days.length === 0)
    return [
      "No day on which the clocks change is in this file. One with the last Sunday of March or October would settle its clock."
    ];
  return [
    "Days on which the clocks change (46 half-hours in March, 50 in October), midnight to 04:00:",
    ...days.slice(0, shownChanges).flatMap(day => [headOf(day), `      ${earlyCells(day).join(" | ")}`]),
    ...(days.length > shownChanges ? [`  ${andMore(days.length - shownChanges, "such days")}`] : [])
  ];
}

/** The half-hours before 04:00; of an hour that stands twice, the first is in summer time. */
function earlyCells(day: Day): string[] {
  const before = day.clocks.findIndex(clock => clock >= "04:00");
  return day.clocks.slice(0, before).map((clock, index) => {
    const isTwice = day.clocks.filter(other => other === clock).length > 1;
    const zone = day.clocks.indexOf(clock) === index ? "BST" : "GMT";
    return isTwice ? cellOf(day, index).replace(clock, `${clock} ${zone}`) : cellOf(day, index);
  });
}

interface Shape {
  readonly unit: string;
  readonly channel: string;
  readonly is_summer: boolean;
  readonly clock: string;
  readonly mean: number;
}

const shapeSql = `
  with halves as (
    select unit, channel, day_kind, isodow(settlement_date) < 6 as is_weekday, unnest(clocks) as clock, unnest(readings) as reading
    from (select d.*, s.day_kind from (${daysSql}) d join ops.settlement_days s using (settlement_date))
  )
  select unit, channel, day_kind = 'summer' as is_summer, clock, avg(reading) as mean
  from halves
  where day_kind in ('winter', 'summer') and reading is not null
    and (is_weekday or (select not bool_or(is_weekday) from halves))
  group by all
  order by unit, channel, is_summer, clock`;

/** The average weekday of winter and of summer, by the British clock: what a person who knows the building can confirm. */
async function shapeLines(connection: Connection, loadId: number): Promise<string[]> {
  const shapes = await connection.rows<Shape>(shapeSql, [loadId]);
  const kinds = [...new Set(shapes.map(({unit, channel}) => `${unit} ${channel}`))].slice(0, 4);
  const lines = kinds.flatMap(kind => {
    const of = shapes.filter(({unit, channel}) => `${unit} ${channel}` === kind);
    const [{unit, channel} = {unit: "", channel: ""}] = of;
    return [
      `The average weekday, ${channel}, ${unitText(unit)} a half-hour:`,
      ...[false, true].flatMap(isSummer =>
        seasonLines(
          of.filter(({is_summer}) => is_summer === isSummer),
          isSummer
        )
      ),
      `                ${axis}`
    ];
  });
  if (lines.length === 0) return [];
  return [
    ...lines,
    "Does it rise when the building opens? Half an hour out: starts and ends are confused. An hour out in summer only:",
    "the clock is wrong. Panels should be at their highest about 12:00 in winter and 13:00 in summer."
  ];
}

function seasonLines(shape: readonly Shape[], isSummer: boolean): string[] {
  if (shape.length === 0) return [];
  const means = new Map(shape.map(({clock, mean}) => [clock, mean]));
  const slots = Array.from({length: 48}, (_, index) => clockText(index));
  const values = slots.map(clock => means.get(clock) ?? null);
  const average = (from: number, to: number) => {
    const held = values.slice(from, to).filter(value => value !== null);
    return held.length === 0 ? "nothing" : readingText(held.reduce((sum, value) => sum + value, 0) / held.length);
  };
  const highest = slots[values.indexOf(Math.max(...values.filter(value => value !== null)))];
  return [
    `  ${isSummer ? "summer (BST)" : "winter (GMT)"}  ${sparkline(values)}`,
    `                night (00:00–05:00) ${average(0, 10)}, day (09:00–17:00) ${average(18, 34)}, highest at ${highest}${riseText(values, slots)}`
  ];
}

/** Where the morning goes up most from one half-hour to the next. */
function riseText(values: readonly (number | null)[], slots: readonly string[]): string {
  const steps = values.map((value, index) =>
    index === 0 || value === null ? 0 : value - (values[index - 1] ?? value)
  );
  const steepest = Math.max(...steps);
  return steepest > 0 ? `, rising most at ${slots[steps.indexOf(steepest)]}` : "";
}
