import {type Clock, dayKinds, slotsADay, stretchesOf} from "../../domain/settlement.ts";
import {isCounter, isLong, type Layout, minutesOf} from "../layout.ts";
import {halfHourColumn, literal} from "./sql.ts";

/**
 * What of good rows is known only as the sum of a time: a row for each with the instants (UTC) from which and to which it is of, or a read of a dial.
 * Null where the layout has none of them.
 */
export interface LongRows {
  /** line, meter_key, channel, unit, starts_at, ends_at, quantity, is_estimated. */
  readonly periods: string | null;
  /** line, meter_key, serial, register, read_at, value, unit, status. */
  readonly dialReads: string | null;
  /** Rows of a counter to be set aside: line, rule, value, outcome. */
  readonly restarts: string | null;
}

/** The long rows of a layout. `judged` are rows judged, and not set aside. */
export function longRows(layout: Layout, migrated: readonly Clock[], judged: string): LongRows {
  const none = {periods: null, dialReads: null, restarts: null};
  if (layout.interval === "between reads") return {...none, dialReads: dialReads(judged)};
  if (isCounter(layout)) {
    const reads = counterReads(layout, migrated, judged);
    return {
      ...none,
      periods: `select * exclude (is_half_hour) from (${steps(reads)}) where not is_half_hour`,
      restarts: restarts(reads)
    };
  }
  return isLong(layout) ? {...none, periods: periods(layout, migrated, judged)} : none;
}

/** The half-hours of a counter that was read at both of their ends: rows per meter, channel, unit and day, placed on their slots. */
export function counterDays(layout: Layout, migrated: readonly Clock[], judged: string): string {
  const slot = "(epoch(s.starts_at - d.starts_at) // 1800)::ubigint";
  return `
    select min(line) as line, meter_key, channel, unit, settlement_date,
      [${Array.from({length: slotsADay}, (_, index) => `coalesce(max(quantity) filter (${slot} = ${index}), 0)`).join(", ")}]::double[${slotsADay}] as quantity,
      bit_or(1::ubigint << ${slot}) as present,
      bit_or(if(is_estimated, 1::ubigint << ${slot}, 0::ubigint)) as estimated
    from (${steps(counterReads(layout, migrated, judged))}) s
    join ops.settlement_days d on d.settlement_date = local_date(s.starts_at)
    where is_half_hour
    group by meter_key, channel, unit, settlement_date`;
}

/** The instant (UTC) at which a reading of part of a day begins: by the settlement period that its clock makes of it. */
function startOf(layout: Layout, migrated: readonly Clock[]): string {
  const minutes = minutesOf(layout) ?? 30;
  const clocks = [...new Set([layout.clock, ...migrated])];
  const cases = clocks.flatMap(clock =>
    clock === "utc"
      ? ["when row_clock = 'utc' then stamp"]
      : dayKinds.map(
          kind =>
            `when row_clock = ${literal(clock)} and j.day_kind = ${literal(kind)} then d.starts_at + ([${slotsOf(clock, kind).join(", ")}][${halfHourColumn(layout)}] - 1) * interval 30 minutes`
        )
  );
  const within = minutes < 30 ? ` + ((half_hour - 1) % ${30 / minutes}) * interval ${minutes} minutes` : "";
  return `(case ${cases.join(" ")} end${within})`;
}

function slotsOf(clock: Clock, kind: (typeof dayKinds)[number]): (number | "null")[] {
  const slots: (number | "null")[] = Array.from({length: slotsADay}, () => "null");
  for (const {column, slot, length, isHalved} of stretchesOf(clock, kind, slotsADay))
    if (!isHalved) for (let index = 0; index < length; index += 1) slots[column - 1 + index] = slot + index;
  return slots;
}

const good = (judged: string) => `
    from ${judged} j
    join ops.settlement_days d on d.settlement_date = j.source_date`;

/** The first and the last day of what a date stands for. */
const lastDays: Readonly<Record<string, readonly [first: string, last: string]>> = {
  day: ["source_date", "source_date"],
  month: ["date_trunc('month', source_date)::date", "last_day(source_date)"],
  year: ["make_date(year(source_date), 1, 1)", "make_date(year(source_date), 12, 31)"],
  "financial year": ["reporting_year_start(year(source_date))", "reporting_year_end(year(source_date))"]
};

function periods(layout: Layout, migrated: readonly Clock[], judged: string): string {
  const facts = "line, meter_key, channel, unit";
  const end = "reading as quantity, row_status = 'estimated' as is_estimated";
  if (layout.interval === 60) {
    const start = startOf(layout, migrated);
    return `select ${facts}, ${start} as starts_at, ${start} + interval 60 minutes as ends_at, ${end} ${good(judged)} where is_good`;
  }
  const [first, last] = lastDays[layout.interval] ?? ["source_date", untilDay(layout)];
  return `
    select ${facts}, f.starts_at as starts_at, l.starts_at as ends_at, ${end}
    from (select *, ${first} as first_date, (${last} + 1)::date as next_date from ${judged} where is_good) j
    join ops.settlement_days f on f.settlement_date = j.first_date
    join ops.settlement_days l on l.settlement_date = j.next_date`;
}

function untilDay({shape}: Layout): string {
  const isCounted = shape.rows === "reading" && "until" in shape.placed_by && shape.placed_by.last_day === "counted";
  return isCounted ? "until::date" : "(until::date - 1)";
}

const dialReads = (judged: string) => `
    select line, meter_key, serial, register, stamp as read_at, reading as value, unit, row_status as status
    from ${judged}
    where is_good`;

const counterReads = (layout: Layout, migrated: readonly Clock[], judged: string) => `
    select line, meter_key, channel, unit, row_status = 'estimated' as is_estimated, ${startOf(layout, migrated)} as read_at, reading as value
    ${good(judged)}
    where is_good`;

/** From each read of a counter to the next; nothing where it fell: it was exchanged or set to zero. */
const steps = (reads: string) => `
    select line, meter_key, channel, unit, read_at as starts_at, next_at as ends_at, next_value - value as quantity,
      is_estimated or next_is_estimated as is_estimated,
      next_at = read_at + interval 30 minutes and epoch(read_at)::bigint % 1800 = 0 as is_half_hour
    from (
      select *, lead(read_at) over after as next_at, lead(value) over after as next_value, lead(is_estimated) over after as next_is_estimated
      from (${reads})
      window after as (partition by meter_key, channel, unit order by read_at)
    )
    where next_value >= value`;

/**
 * Reads of a counter that restarted and came back: they lie below an earlier read, hardly rise among themselves, and the next goes on from above it. A
 * counter that starts anew rises by itself instead. What is set aside leaves one step over the gap. One that shows zero to the end of the file says nothing.
 */
const restarts = (reads: string) => `
    with highs as (
      select *, coalesce(value < max(value) over (order_of rows between unbounded preceding and 1 preceding), false) as is_low,
        max(value) over (order_of rows between unbounded preceding and 1 preceding) as highest
      from (${reads})
      window order_of as (partition by meter_key, channel, unit order by read_at)
    ),
    turns as (
      select *, is_low is distinct from lag(is_low) over order_of as is_turn
      from highs
      window order_of as (partition by meter_key, channel, unit order by read_at)
    ),
    runs as (
      select *, count(*) filter (is_turn) over (partition by meter_key, channel, unit order by read_at) as run
      from turns
    ),
    fallen as (
      select *,
        min(value) over of_run as lowest, max(value) over of_run as top,
        max(read_at) over of_run < max(read_at) over (partition by meter_key, channel, unit) as returns
      from runs
      window of_run as (partition by meter_key, channel, unit, run)
    )
    select line, 'counter',
      'the counter shows ' || value || ' after ' || highest || if(returns, ', and then goes on above it: it restarted', ' to the end of the file: nothing shows what it counted'),
      'rejected'
    from fallen
    where is_low and (not returns and top = 0 or returns and top - lowest < threshold('counter_restart_rise') * (highest - lowest))`;
