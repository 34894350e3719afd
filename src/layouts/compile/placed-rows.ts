import {type Clock, type DayKind, dayKinds, slotsADay, stretchesOf} from "../../domain/settlement.ts";
import {halfHourColumnsOf, type Layout} from "../layout.ts";
import {literal, mask, oneOf} from "./sql.ts";

/** Puts the half-hours of good rows on their settlement periods: one row per meter, channel, unit and day, or part of one. */
export function placedRows(layout: Layout, migrated: readonly Clock[]): string {
  const clocks = [...new Set([layout.clock, ...migrated])];
  const isDay = layout.shape.rows === "day";
  const columns = halfHourColumnsOf(layout);
  const parts = clocks.flatMap(clock => [...placements(clock, columns, false), ...placements(clock, columns, true)]);
  return `
    with
    good as (${isDay ? "select * from judged_rows anti join set_aside using (line) where is_good" : dayRowsFromReadings})
    select * from (
      ${parts.join("\n      union all\n      ")}
    ) where present <> 0`;
}

/** One select per way of moving columns to slots; a kind of day whose columns stay where they are keeps its array as it is. */
function placements(clock: Clock, columns: number, isNextDay: boolean): string[] {
  const moves = dayKinds
    .map(kind => ({
      kind,
      sources: sourcesOf(clock, kind, columns, isNextDay),
      halved: halvedOf(clock, kind, columns),
      /** Whether columns of such a day belong to the next, so that its array cannot be kept as it is. */
      spills: stretchesOf(clock, kind, columns).some(({isNextDay: isOther}) => isOther)
    }))
    .filter(({sources}) => sources.some(source => source !== null));
  const isSame = (a: (typeof moves)[number], b: (typeof moves)[number]) =>
    a.spills === b.spills && a.sources.join() === b.sources.join() && a.halved.join() === b.halved.join();
  const distinct = moves.filter((move, index) => moves.findIndex(other => isSame(move, other)) === index);
  const kindsLike = (move: (typeof moves)[number]) => moves.filter(other => isSame(move, other)).map(({kind}) => kind);
  return distinct.map(move => placement(clock, move, kindsLike(move), isNextDay));
}

interface Move {
  readonly sources: readonly (number | null)[];
  /** Slots that get half of what their column holds, from 0. */
  readonly halved: readonly number[];
  readonly spills: boolean;
}

function placement(
  clock: Clock,
  {sources, halved, spills}: Move,
  kinds: readonly DayKind[],
  isNextDay: boolean
): string {
  const stays = !spills && sources.every((source, index) => source === null || source === index + 1);
  const kept = mask(sources.flatMap((source, index) => (source === null ? [] : [index])));
  const moved = (name: string) => (stays ? `${name} & ${kept}` : movedBits(name, sources));
  return `
      select line, meter_key, channel, unit, (source_date + ${isNextDay ? 1 : 0})::date as settlement_date,
        ${stays ? "quantity" : movedCells(sources, halved)} as quantity,
        (${moved("present")})::ubigint as present,
        (${moved("estimated")}${halved.length === 0 ? "" : ` | ((${moved("present")}) & ${mask(halved)})`})::ubigint as estimated
      from good where row_clock = ${literal(clock)} and day_kind in ${oneOf(kinds)}`;
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
  return `[${cells.join(", ")}]::double[${slotsADay}]`;
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
const dayRowsFromReadings = `
      select min(line) as line, meter_key, channel, unit, source_date, day_kind, row_clock,
        [${Array.from({length: slotsADay}, (_, index) => `coalesce(max(reading) filter (half_hour = ${index + 1}), 0)`).join(", ")}]::double[${slotsADay}] as quantity,
        bit_or(1::ubigint << (half_hour - 1)::ubigint) as present,
        bit_or(case row_status when 'estimated' then 1::ubigint << (half_hour - 1)::ubigint else 0::ubigint end) as estimated
      from judged_rows anti join set_aside using (line)
      where is_good
      group by meter_key, channel, unit, source_date, day_kind, row_clock`;
