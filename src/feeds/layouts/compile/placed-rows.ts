import {type Clock, type DayKind, dayKinds, slotsADay, stretchesOf} from "../../../domain/settlement.ts";
import {halfHourColumnsOf, type Layout} from "../layout.ts";
import {mask, oneOf} from "./sql.ts";

/** Puts the half-hours of good rows on their settlement periods: one row per meter, channel, unit and day, or part of one. */
export function placedRows(layout: Layout): string {
  const {clock} = layout;
  const isDay = layout.shape.rows === "day";
  const columns = halfHourColumnsOf(layout);
  const isFolded = layout.spring_gap === "fold";
  const parts = [...placements(clock, columns, isFolded, false), ...placements(clock, columns, false, true)];
  return `
    with
    good as (${isDay ? "select * from judged_rows anti join set_aside using (line) where is_good" : dayRowsFromReadings})
    select * from (
      ${parts.join("\n      union all\n      ")}
    ) where present <> 0`;
}

/** One select per way of moving columns to slots; a day kind whose columns stay where they are keeps its array as it is. */
function placements(clock: Clock, columns: number, isFolded: boolean, isNextDay: boolean): string[] {
  const kinds = dayKinds.map(kind => ({
    kind,
    sources: sourcesOf(clock, kind, columns, isNextDay),
    folds: isFolded && kind === "spring"
  }));
  const moves = kinds.filter(({sources}) => sources.some(source => source !== null));
  const isSame = (a: (typeof moves)[number], b: (typeof moves)[number]) =>
    a.folds === b.folds && a.sources.join() === b.sources.join();
  const distinct = moves.filter((move, index) => moves.findIndex(other => isSame(move, other)) === index);
  return distinct.map(move =>
    placement(
      move.sources,
      moves.filter(other => isSame(move, other)).map(({kind}) => kind),
      move.folds,
      isNextDay
    )
  );
}

function placement(
  sources: readonly (number | null)[],
  kinds: readonly DayKind[],
  folds: boolean,
  isNextDay: boolean
): string {
  const stays = !folds && sources.every((source, index) => source === null || source === index + 1);
  const kept = mask(sources.flatMap((source, index) => (source === null ? [] : [index])));
  const moved = (name: string) => (stays ? `${name} & ${kept}` : movedBits(name, sources));
  const [present, estimated] = [moved("present"), moved("estimated")];
  return `
      select line, meter_key, channel, unit, (source_date + ${isNextDay ? 1 : 0})::date as settlement_date,
        ${stays ? "quantity" : movedCells(sources, folds)} as quantity,
        (${folds ? `${present} | ((present >> 2) & 3)` : present})::ubigint as present,
        (${folds ? `${estimated} | (case when quantity[3] <> 0 or quantity[4] <> 0 then 3 else 0 end)` : estimated})::ubigint as estimated
      from good where day_kind in ${oneOf(kinds)}`;
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

function movedCells(sources: readonly (number | null)[], isFolded: boolean): string {
  const cells = sources.map((source, index) =>
    source === null
      ? "0"
      : isFolded && index < 2
        ? `quantity[${source}] + quantity[${source + 2}]`
        : `quantity[${source}]`
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
      select min(line) as line, meter_key, channel, unit, source_date, day_kind,
        [${Array.from({length: slotsADay}, (_, index) => `coalesce(max(reading) filter (half_hour = ${index + 1}), 0)`).join(", ")}]::double[${slotsADay}] as quantity,
        bit_or(1::ubigint << (half_hour - 1)::ubigint) as present,
        bit_or(case row_status when 'estimated' then 1::ubigint << (half_hour - 1)::ubigint else 0::ubigint end) as estimated
      from judged_rows anti join set_aside using (line)
      where is_good
      group by meter_key, channel, unit, source_date, day_kind`;
