import {type Clock, type DayKind, dayKinds, slotsADay, stretchesOf} from "../../domain/settlement.ts";
import {halfHourColumnsOf, type Layout, minutesOf} from "../layout.ts";
import {halfHourColumn, literal, mask, oneOf} from "./sql.ts";

/** Puts the half-hours of good rows on their settlement periods: one row per meter, channel, unit and day, or part of one. `judged` are rows judged. */
export function placedRows(layout: Layout, migrated: readonly Clock[], judged: string): string {
  const parts = [false, true].flatMap(isNextDay => placement(movesOf(layout, migrated, isNextDay), isNextDay) ?? []);
  return `
    with
    good as (${layout.shape.rows === "day" ? `select * from ${judged} where is_good` : dayRowsFromReadings(layout, judged)})
    select * from (
      ${parts.join("\n      union all\n      ")}
    ) where present <> 0`;
}

/** Whether rows of a layout reach into the next day, so that a day may come in parts. */
export function comesInParts(layout: Layout, migrated: readonly Clock[]): boolean {
  return movesOf(layout, migrated, true).length > 0;
}

/** A way of moving columns to slots, and the clocks and kinds of day it is for. */
interface Move {
  readonly clock: Clock;
  readonly kinds: readonly DayKind[];
  readonly sources: readonly (number | null)[];
  /** Slots that get half of what their column holds, from 0. */
  readonly halved: readonly number[];
  /** Whether columns of such a day belong to the next, so that its array cannot be kept as it is. */
  readonly spills: boolean;
}

/** Every way of moving columns to slots of the same day, or of the next. */
function movesOf(layout: Layout, migrated: readonly Clock[], isNextDay: boolean): Move[] {
  const columns = halfHourColumnsOf(layout);
  const moves = [...new Set([layout.clock, ...migrated])].flatMap(clock =>
    dayKinds.map(kind => ({
      clock,
      kinds: [kind],
      sources: sourcesOf(clock, kind, columns, isNextDay),
      halved: halvedOf(clock, kind, columns),
      spills: stretchesOf(clock, kind, columns).some(({isNextDay: isOther}) => isOther)
    }))
  );
  const wayOf = ({kinds: _, ...way}: Move) => JSON.stringify(way);
  const moving = moves.filter(({sources}) => sources.some(source => source !== null));
  return moving
    .filter((move, index) => moving.findIndex(other => wayOf(other) === wayOf(move)) === index)
    .map(move => ({...move, kinds: moving.filter(other => wayOf(other) === wayOf(move)).flatMap(({kinds}) => kinds)}));
}

/** One select for a day or its next; a kind of day whose columns stay where they are keeps its array as it is. Null where nothing moves there. */
function placement(moves: readonly Move[], isNextDay: boolean): string | null {
  if (moves.length === 0) return null;
  const isOneWay = moves.length === 1 && moves[0]?.kinds.length === dayKinds.length;
  const by = (what: (move: Move) => string) =>
    isOneWay
      ? moves.map(what).join()
      : `case ${moves.map(move => `when row_clock = ${literal(move.clock)} and day_kind in ${oneOf(move.kinds)} then ${what(move)}`).join("\n          ")} end`;
  return `
      select line, meter_key, channel, unit, (source_date + ${isNextDay ? 1 : 0})::date as settlement_date,
        (${by(movedQuantity)})::double[${slotsADay}] as quantity,
        (${by(move => movedMask(move, "present"))})::ubigint as present,
        (${by(move => `${movedMask(move, "estimated")}${move.halved.length === 0 ? "" : ` | ((${movedMask(move, "present")}) & ${mask(move.halved)})`}`)})::ubigint as estimated
      from good`;
}

const stays = ({sources, spills}: Move) =>
  !spills && sources.every((source, index) => source === null || source === index + 1);

/** As a list: DuckDB has no CASE of arrays. */
const movedQuantity = (move: Move) =>
  stays(move) ? "quantity::double[]" : `${movedCells(move.sources, move.halved)}::double[]`;

function movedMask(move: Move, name: string): string {
  const kept = mask(move.sources.flatMap((source, index) => (source === null ? [] : [index])));
  return stays(move) ? `${name} & ${kept}` : movedBits(name, move.sources);
}

/** For each slot, the column that lands on it, from 1; null where none does. */
function sourcesOf(clock: Clock, kind: DayKind, columns: number, isNextDay: boolean): (number | null)[] {
  const sources: (number | null)[] = Array.from({length: slotsADay}, () => null);
  for (const {column, slot, length, isNextDay: spills} of stretchesOf(clock, kind, columns)) {
    if (spills === isNextDay)
      for (let index = 0; index < length; index += 1) sources[slot - 1 + index] = column + index;
  }
  return sources;
}

function halvedOf(clock: Clock, kind: DayKind, columns: number): number[] {
  return stretchesOf(clock, kind, columns)
    .filter(({isHalved}) => isHalved)
    .flatMap(({slot, length}) => Array.from({length}, (_, index) => slot - 1 + index));
}

function movedCells(sources: readonly (number | null)[], halved: readonly number[]): string {
  const cells = sources.map((source, slot) =>
    source === null ? "0" : halved.includes(slot) ? `quantity[${source}] / 2` : `quantity[${source}]`
  );
  return `[${cells.join(", ")}]`;
}

/** The bits of a mask moved from columns to slots, stretch by stretch. */
function movedBits(name: string, sources: readonly (number | null)[]): string {
  const runs: {column: number; slot: number; length: number}[] = [];
  sources.forEach((source, index) => {
    const last = runs.at(-1);
    if (source === null) return;
    if (last && last.slot + last.length === index && last.column + last.length === source - 1) last.length += 1;
    else runs.push({column: source - 1, slot: index, length: 1});
  });
  return runs
    .map(({column, slot, length}) => `(((${name} >> ${column}) & ${(1n << BigInt(length)) - 1n}) << ${slot})`)
    .join(" | ");
}

/** Rows of readings gathered to a row per meter and day, each reading in the column of its half-hour. */
const dayRowsFromReadings = (layout: Layout, judged: string) => `
      select min(line) as line, meter_key, channel, unit, source_date, day_kind, row_clock,
        [${Array.from({length: slotsADay}, (_, index) => `coalesce(max(reading) filter (half_hour = ${index + 1}), 0)`).join(", ")}]::double[${slotsADay}] as quantity,
        bit_or(1::ubigint << (half_hour - 1)::ubigint) as present,
        bit_or(case row_status when 'estimated' then 1::ubigint << (half_hour - 1)::ubigint else 0::ubigint end) as estimated
      from ${halfHours(layout, judged)}
      where is_good
      group by meter_key, channel, unit, source_date, day_kind, row_clock`;

/** Readings of half-hours; shorter ones are added up, where all of a half-hour are there. */
function halfHours(layout: Layout, judged: string): string {
  const parts = 30 / (minutesOf(layout) ?? 30);
  if (parts <= 1) return judged;
  return `(
        select min(line) as line, meter_key, channel, unit, source_date, day_kind, row_clock, ${halfHourColumn(layout)} as half_hour, true as is_good,
          sum(reading) as reading, max(row_status) as row_status
        from ${judged}
        where is_good
        group by meter_key, channel, unit, source_date, day_kind, row_clock, ${halfHourColumn(layout)}
        having count(*) = ${parts}
      )`;
}
