import {exchanged} from "../layouts/draft/dates.ts";
import {isCounter, type Layout, minutesOf} from "../layouts/layout.ts";
import type {Connection} from "../warehouse/connection.ts";
import {plain, readingText} from "../wording/numbers.ts";
import {type Reading, Refusal} from "./stage.ts";

/**
 * Compares what a file shows with what its layout says: which end of their interval labels stand for, which of day and month comes first, and whether
 * quantities are consumption or what a register stood at. Reads the temporary relations judged_rows, set_aside and placed_rows. Meters that hold a register are set aside.
 * @throws Refusal where the whole file contradicts its layout, with the word to put.
 */
export async function refuseContradictions({layout, compiled}: Reading, connection: Connection): Promise<void> {
  await refuseExchangedDates(layout, connection);
  await refuseOtherEnd(layout, connection);
  if (!isCounter(layout) && compiled.placedRows !== null) await setAsideRegisters(layout, connection);
}

/** Dates in numbers, year last, of which day and month may be exchanged. */
const isNumericDay = (format: string) => /^[^Yyb]*%[dm][^Yyb]*%[dm]/.test(format);

/** A date that is none as the layout writes it, but is one with day and month exchanged, speaks for the whole file. */
async function refuseExchangedDates({date, mend}: Layout, connection: Connection): Promise<void> {
  const formats = date.formats.filter(isNumericDay);
  const [format = ""] = formats;
  if (formats.length === 0 || mend !== undefined) return;
  const readAs = (each: readonly string[]) => {
    const all = `[${each.map(format => `'${format}'`).join(", ")}]`;
    return `coalesce(try_strptime(date_text, ${all}), try_strptime(regexp_replace(date_text, ' [^ ]*$', ''), ${all}))`;
  };
  const {other, own, all, example} = await connection.row<{other: number; own: number; all: number; example: string}>(
    `select
       count(*) filter (is_other)::integer as other,
       count(*) filter (stamp is not null and other is null)::integer as own,
       count(*)::integer as all,
       any_value(date_text) filter (is_other) as example
     from (
       select distinct
         date_text, stamp, ${readAs(formats.map(exchanged))} as other,
         coalesce(stamp, ${readAs(formats)}) is null and other is not null as is_other
       from judged_rows
       where not is_dropped
     )`
  );
  if (other === 0) return;
  const [reads, would] =
    format.indexOf("%d") < format.indexOf("%m") ? ["day/month", "month/day"] : ["month/day", "day/month"];
  const mixed =
    own === 0
      ? `put "${exchanged(format)}" for "formats" in the layout`
      : `${plain(own)} can only be ${reads}, so nothing shows which the rest are: ask the sender for dates written year first`;
  throw new Refusal(
    `the layout reads dates as ${reads}, and ${plain(other)} of its ${plain(all)} dates can only be ${would}, such as ${example}: ${mixed}`
  );
}

/** Labels of whole days from one end of the interval cannot stand for the other, unless the sender cuts files by label. */
async function refuseOtherEnd({shape, ...layout}: Layout, connection: Connection): Promise<void> {
  const minutes = minutesOf(layout);
  if (shape.rows !== "reading" || !("stamp" in shape.placed_by) || minutes === null || isCounter(layout)) return;
  const {stamp, cut_by} = shape.placed_by;
  if (cut_by === "label" || layout.unfold !== undefined) return;
  const label = stamp === "end" ? `stamp + interval ${minutes} minutes` : "stamp";
  const isMidnight = (instant: string) => `${instant} = date_trunc('day', ${instant})`;
  const isOther =
    stamp === "end"
      ? `${isMidnight("first_label")} and ${isMidnight(`last_label + interval ${minutes} minutes`)}`
      : `${isMidnight(`first_label - interval ${minutes} minutes`)} and ${isMidnight("last_label")}`;
  const {meters, others} = await connection.row<{meters: number; others: number}>(
    `select count(*)::integer as meters, count(*) filter (${isOther})::integer as others
     from (
       select min(${label}) as first_label, max(${label}) as last_label
       from judged_rows
       where is_good
       group by meter_key, channel, unit
       having count(distinct stamp) >= ${1440 / minutes}
     )`
  );
  if (meters === 0 || others < meters) return;
  const [is, are] = stamp === "end" ? ["start", "ends"] : ["end", "starts"];
  const run = stamp === "end" ? `00:00 to ${clockText(1440 - minutes)}` : `${clockText(minutes)} to 00:00`;
  throw new Refusal(
    `its labels run in whole days from ${run}, as ${is}s do, and the layout takes them for ${are}. If they are ${is}s, put "${is}" for "stamp" in a copy of the layout (canopy layouts ${layout.name} --json); if the sender cuts files by label, put "cut_by": "label" beside it`
  );
}

const clockText = (minutes: number) =>
  `${String(Math.trunc(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** Whether a day rises from quarter to quarter, but for one fall, at a glance: what a register shows, and hardly any consumption. */
const mayBeRegister = `
  (quantity[1] < quantity[46] or quantity[46] < threshold('counter_turn') * quantity[1])
  and (quantity[1] <= quantity[13])::integer + (quantity[13] <= quantity[25])::integer + (quantity[25] <= quantity[37])::integer
    + (quantity[37] <= quantity[46])::integer >= 3`;

/** Meters of which every whole day rises, and begins no lower than the day before it ended, or far lower, as where a register turns; few do, and those are looked at half-hour by half-hour. */
export const suspectedMeters = (days: string) => `
  with whole_days as (
    select meter_key, channel, unit, settlement_date, quantity[1] as began, quantity[46] as ended, ${mayBeRegister} as may_be_register
    from ${days}
    where bit_count(present) >= 46
  ),
  risers as (
    select meter_key, channel, unit
    from whole_days
    group by meter_key, channel, unit
    having count(*) filter (not may_be_register) = 0
  )
  select meter_key, channel, unit
  from (
    select
      meter_key, channel, unit, began,
      lag(ended) over (partition by meter_key, channel, unit order by settlement_date) as ended_before
    from whole_days semi join risers using (meter_key, channel, unit)
  )
  group by meter_key, channel, unit
  having count(*) filter (ended_before > began and began > threshold('counter_turn') * ended_before) = 0`;

interface Register {
  readonly meter_key: string;
  readonly lowest: number;
  readonly highest: number;
  readonly readings: number;
}

/**
 * Quantities that hardly ever fall below what they were before, over a day or more, are what a register stood at: they stand higher than all they rise
 * by, or, of a register that began at zero, rise over more than a day without a leap. A register that restarts shows a few that are lower.
 */
const registers = `
  with suspects as (${suspectedMeters("placed_rows")}),
  shown as (
    select meter_key, channel, unit, settlement_date, slot, quantity[slot] as shows,
      lag(shows) over (partition by meter_key, channel, unit order by settlement_date, slot) as showed,
      pow(10, ceil(log10(greatest(1, max(shows) over (partition by meter_key, channel, unit))))) as turns_at
    from (select *, unnest(range(1, 51)) as slot from placed_rows semi join suspects using (meter_key, channel, unit))
    where (present >> (slot - 1)::ubigint) & 1 = 1
  ),
  -- A register of five digits shows 12 after 99,990: readings as they would go on.
  halves as (
    select meter_key, channel, unit, settlement_date, slot,
      shows + turns_at * count(*) filter (
        showed > (1 - threshold('counter_turn')) * turns_at and shows < threshold('counter_turn') * turns_at
      ) over (partition by meter_key, channel, unit order by settlement_date, slot) as reading
    from shown
  ),
  highs as (
    select *, coalesce(reading >= max(reading) over (
      partition by meter_key, channel, unit order by settlement_date, slot rows between unbounded preceding and 1 preceding
    ), true) as is_high
    from halves
  ),
  steps as (
    select *, reading - lag(reading) over (partition by meter_key, channel, unit order by settlement_date, slot) as step
    from highs
    where is_high
  ),
  counts as (select meter_key, channel, unit, count(*) as all_readings from halves group by all)
  select meter_key, channel, unit, min(reading) as lowest, max(reading) as highest, count(*)::integer as readings
  from steps
  join counts using (meter_key, channel, unit)
  group by meter_key, channel, unit
  having count(*) >= threshold('counter_highs') * any_value(all_readings)
    and count(*) >= threshold('counter_readings')
    and count(*) filter (step > 0) >= threshold('counter_rises')
    and (
      min(reading) > max(reading) - min(reading)
      or (count(distinct settlement_date) > 1 and max(step) <= threshold('counter_leap') * avg(step))
    )`;

async function setAsideRegisters({shape}: Layout, connection: Connection): Promise<void> {
  const found = await connection.rows<Register>(registers);
  const [first] = found;
  if (first === undefined) return;
  const {others} = await connection.row<{others: number}>(
    "select (select count(*) from (select distinct meter_key, channel, unit from placed_rows))::integer as others"
  );
  const advice =
    shape.rows === "reading"
      ? 'Put "measure": {"is": "counter"} in the layout, and canopy takes the differences'
      : "Ask the sender for consumption";
  const what = ({meter_key, lowest, highest, readings}: Register) =>
    `${meter_key.replace(/^name:/, "")} only rises, from ${readingText(lowest)} to ${readingText(highest)} in ${plain(readings)} readings`;
  if (found.length === others)
    throw new Refusal(`these are readings of a register, not consumption: ${what(first)}. ${advice}`);
  for (const each of found)
    await connection.run(
      `insert into set_aside
       select line, 'register', $2, 'rejected'
       from judged_rows anti join set_aside using (line)
       where is_good and meter_key = $1`,
      [each.meter_key, `${what(each)}: a register, not consumption`]
    );
}
