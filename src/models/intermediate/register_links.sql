-- What each register counted from one standing read to the next, in its own unit; null where it went back and did not turn over. Of what is reported of one
-- instant the word issued last stands, of one file's the actual. An estimate that the next read undercuts is none, nor are those since the last actual read:
-- the difference is from that. A dial turns over only between actual reads, where its digits are known and it ran less than half round.
-- grain: meter_point_id, serial, unit, register, read_at
with
serials as (
  select
    meter_point_id, plain_serial(serial) as serial, digits, multiplier, valid_from,
    if(lead(valid_from) over lives = valid_to + 1, valid_to, valid_to + 1) as last_read_on
  from council.meters
  where serial is not null
  window lives as (partition by meter_point_id, plain_serial(serial) order by valid_from)
),

reported_reads as (
  select
    n.meter_point_id, n.energy, coalesce(plain_serial(r.serial), plain_serial(k.serial), '') as serial,
    if(r.unit = 'metered', coalesce(k.unit, r.unit), r.unit) as unit, r.register, r.read_at,
    r.value, r.status, s.precedence,
    coalesce(r.digits, own.digits, k.digits) as digits,
    coalesce(own.multiplier, k.multiplier, 1)::decimal(18, 6) as multiplier
  from raw.register_reads r
  join staging.standing_loads s using (load_id)
  join staging.metered_names n using (meter_key)
  anti join (from staging.ruled_meters where channel = 'import' and why is not null) using (load_id, meter_key, unit)
  left join serials own
    on own.meter_point_id = n.meter_point_id and own.serial = plain_serial(r.serial)
    and local_date(r.read_at) between own.valid_from and own.last_read_on
  left join council.meters k
    on k.meter_point_id = n.meter_point_id and local_date(r.read_at) between k.valid_from and k.valid_to
    and (r.serial is null or k.serial is null or plain_serial(k.serial) = plain_serial(r.serial))
),

reads_in_view as (
  select t.*
  from reported_reads t
  anti join (select * from reported_reads where status = 'withdrawn') w
    on w.meter_point_id = t.meter_point_id and w.serial = t.serial and w.unit = t.unit and w.register = t.register and w.read_at = t.read_at
    and (w.precedence > t.precedence or (w.precedence = t.precedence and w.value = t.value))
  where t.status <> 'withdrawn'
),

latest_reads as (
  select
    meter_point_id, energy, serial, unit, register, read_at,
    arg_max(
      {'value': value, 'is_estimated': status = 'estimated', 'digits': digits, 'multiplier': multiplier},
      {'precedence': precedence, 'is_actual': status = 'actual', 'value': value}
    ) as latest
  from reads_in_view
  group by all
),

ordered as (
  select
    meter_point_id, energy, serial, unit, register, read_at, latest.value as value, latest.is_estimated as is_estimated, latest.digits as digits,
    latest.multiplier as multiplier,
    row_number() over reads as position,
    count(*) filter (not latest.is_estimated) over reads as actuals,
    latest.is_estimated and lead(latest.value) over reads < latest.value as is_undercut
  from latest_reads
  window reads as (partition by meter_point_id, serial, unit, register order by read_at)
),

checked_reads as (
  select
    *,
    is_estimated and position <= coalesce(
      max(position) filter (is_undercut) over (partition by meter_point_id, serial, unit, register, actuals), 0
    ) as is_dropped
  from ordered
),

read_pairs as (
  select
    meter_point_id, energy, serial, unit, register, read_at, value, is_estimated, multiplier,
    case when digits between 3 and 12 then pow(10, digits)::decimal(18, 4) end as turns_at,
    lead(read_at) over reads as next_at, lead(value) over reads as next_value, lead(is_estimated) over reads as next_is_estimated
  from checked_reads
  where not is_dropped
  window reads as (partition by meter_point_id, serial, unit, register order by read_at)
)

select
  meter_point_id, energy, serial, unit, register, read_at, local_date(read_at) as read_date, is_estimated, next_at,
  case
    when next_value >= value then next_value - value
    when not is_estimated and not next_is_estimated and value < turns_at and next_value - value + turns_at < turns_at / 2
    then next_value - value + turns_at
  end as steps,
  (steps * multiplier)::decimal(28, 6) as quantity
from read_pairs
