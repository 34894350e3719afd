/** The half-hours of an actual or of an estimated reading of a row, as bits. */
const actual = "(present & ~estimated)";

/**
 * Sets aside, among day rows of one meter and day, those that contradict one another, of which none counts, and those that add nothing. No row is
 * compared with another: each half-hour of a day is compared with the first word on it, so that rows of one day take time by their number alone.
 */
export const repeatedDays = `
  with
  day_rows as (
    select dense_rank() over (order by meter_key, channel, unit, source_date) as day_number, line, quantity, present, estimated
    from judged_rows
    semi join (
      select meter_key, channel, unit, source_date from judged_rows where is_good group by all having count(*) > 1
    ) using (meter_key, channel, unit, source_date)
    where is_good
  ),

  versions as (
    select day_number, min(line) as line, quantity, present, estimated
    from day_rows
    group by day_number, quantity, present, estimated
  ),

  half_hours as (
    select day_number, line, slot, (estimated >> (slot - 1)::ubigint) & 1 = 1 as is_estimate, quantity[slot] as reading
    from versions
    semi join (select day_number from versions group by day_number having count(*) > 1) using (day_number)
    cross join range(1, 51) as slots(slot)
    where (present >> (slot - 1)::ubigint) & 1 = 1
  ),

  disputes as (
    select
      day_number, slot, is_estimate, min(line) as first_line, arg_min(reading, line) as first_reading
    from half_hours
    group by day_number, slot, is_estimate
    having min(reading) <> max(reading)
  ),

  answers as (
    select d.day_number, d.slot, d.is_estimate, d.first_line, d.first_reading, min(h.line) as other_line
    from disputes d
    join half_hours h using (day_number, slot, is_estimate)
    where h.reading <> d.first_reading
    group by all
  ),

  contradicted as (
    select h.line as version, min(if(h.reading = a.first_reading, a.other_line, a.first_line)) as other_line
    from half_hours h
    join answers a using (day_number, slot, is_estimate)
    group by h.line
  ),

  clashes as (
    select r.line, c.other_line
    from contradicted c
    join versions v on v.line = c.version
    join day_rows r using (day_number, quantity, present, estimated)
  ),

  ranked as (
    select line,
      (${actual} & ~coalesce(bit_or(${actual}) over later, 0)) = 0
        and (estimated & ~bit_or(${actual}) over day & ~coalesce(bit_or(present) over later, 0)) = 0 as adds_nothing
    from day_rows
    anti join clashes using (line)
    window
      day as (partition by day_number),
      later as (day order by line desc rows between unbounded preceding and 1 preceding)
  )

  select line, 'repeated', 'row ' || other_line || ' gives other readings for the same meter and day', 'rejected' from clashes
  union all
  select line, 'duplicate', null, 'duplicate' from ranked where adds_nothing`;
/** Sets aside, among readings of one half-hour, estimates beside an actual, all that contradict one another, and all but one that say the same. */
export const repeatedReadings = `
  with ranked as (
    select line, reading, row_status,
      row_status <> 'actual' and bool_or(row_status = 'actual') over half_hour_of as is_beside_actual,
      max(line) over alike as last_line,
      min(reading) over alike <> max(reading) over alike as is_contradicted,
      if(reading = min(reading) over alike, arg_max(line, reading) over alike, arg_min(line, reading) over alike) as other_line,
      if(reading = min(reading) over alike, max(reading) over alike, min(reading) over alike) as other_reading
    from judged_rows where is_good
    window
      half_hour_of as (partition by meter_key, channel, unit, serial, register, source_date, half_hour),
      alike as (partition by meter_key, channel, unit, serial, register, source_date, half_hour, row_status)
  )
  select line,
    case when is_contradicted and not is_beside_actual then 'repeated' else 'duplicate' end as rule,
    case rule when 'repeated' then reading || ', but row ' || other_line || ' says ' || other_reading end,
    case rule when 'repeated' then 'rejected' else 'duplicate' end
  from ranked where line <> last_line or is_contradicted or is_beside_actual`;
