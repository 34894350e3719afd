/** The half-hours at which two rows of one day disagree although both are actual or both estimated. */
const clash = `len(list_filter(range(50), slot ->
    ((((earlier.present & ~earlier.estimated & later.present & ~later.estimated) | (earlier.estimated & later.estimated)) >> slot::ubigint) & 1) = 1
    and earlier.quantity[slot + 1] <> later.quantity[slot + 1])) > 0`;

/** Sets aside, among day rows of one meter and day, those that contradict one another, of which none counts, and those that add nothing. */
export const repeatedDays = `
  with good as (select * from judged_rows where is_good),
  pairs as (
    select earlier.line as earlier_line, later.line as later_line
    from good earlier
    join good later using (meter_key, channel, unit, source_date)
    where earlier.line < later.line and ${clash}
  ),
  clashes as (
    select line, min(other_line) as other_line
    from (select earlier_line as line, later_line as other_line from pairs union all select later_line, earlier_line from pairs)
    group by line
  ),
  ranked as (
    select line,
      (present & ~estimated & ~coalesce(bit_or(present & ~estimated) over later, 0)) = 0
        and (estimated & ~bit_or(present & ~estimated) over day & ~coalesce(bit_or(present) over later, 0)) = 0 as adds_nothing
    from good anti join clashes using (line)
    window
      day as (partition by meter_key, channel, unit, source_date),
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
