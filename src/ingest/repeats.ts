/** The half-hours at which two rows of one day disagree although both are actual or both estimated. */
const clash = `len(list_filter(range(50), slot ->
    ((((earlier.present & ~earlier.estimated & later.present & ~later.estimated) | (earlier.estimated & later.estimated)) >> slot::ubigint) & 1) = 1
    and earlier.quantity[slot + 1] <> later.quantity[slot + 1])) > 0`;

/** Sets aside, among day rows of one meter and day, those a later row contradicts and those that add nothing. */
export const repeatedDays = `
  with good as (select * from judged_rows where is_good),
  clashes as (
    select earlier.line, min(later.line) as later_line
    from good earlier
    join good later using (meter_key, channel, unit, source_date)
    where earlier.line < later.line and ${clash}
    group by earlier.line
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
  select line, 'repeated', 'row ' || later_line || ' gives other readings for the same meter and day', 'rejected' from clashes
  union all
  select line, 'duplicate', null, 'duplicate' from ranked where adds_nothing`;

/** Sets aside, among readings of one half-hour, all but the best: an actual before an estimate, then the last. */
export const repeatedReadings = `
  with ranked as (
    select line, reading, row_status,
      first_value(line) over best as best_line,
      first_value(reading) over best as best_reading,
      first_value(row_status) over best as best_status
    from judged_rows where is_good
    window best as (partition by meter_key, channel, unit, source_date, half_hour order by (row_status = 'actual') desc, line desc)
  )
  select line,
    case when reading = best_reading or row_status <> best_status then 'duplicate' else 'repeated' end as rule,
    case rule when 'repeated' then reading || ', but row ' || best_line || ' says ' || best_reading end,
    case rule when 'repeated' then 'rejected' else 'duplicate' end
  from ranked where line <> best_line`;
