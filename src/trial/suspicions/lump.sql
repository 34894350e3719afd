-- One half-hour far above the largest that is usual, right after half-hours that are missing, and no larger than what they could hold with it: what an
-- outage left out, arrived at once. It counts, as one sum over the gap and itself, and in no half-hourly figure.
-- rank: 8
-- screen: is_sudden
-- outcome: noted
with
half_hours as (
  select r.*, slot, d.quantity[slot] * r.kwh_per_unit as kwh
  from trial_rated r
  join raw.meter_days d using (load_id, meter_key, channel, unit, settlement_date)
  cross join range(1, 51) as s(slot)
  where r.looks_lump
),

lone as (
  select *
  from half_hours
  where kwh > threshold('trial_spike') / 2 * peak_known
  qualify count(*) over (partition by load_id, meter_key, channel, unit, settlement_date) = 1
),

gaps as (
  select
    l.load_id, l.meter_key, l.channel, l.unit, l.settlement_date, l.slot, l.kwh, l.peak_known,
    -max((d.settlement_date - l.settlement_date) * 48 + s.slot - l.slot) - 1 as missing_half_hours
  from lone l
  join raw.meter_days d
    on d.load_id = l.load_id and d.meter_key = l.meter_key and d.channel = l.channel and d.unit = l.unit
    and d.settlement_date between l.settlement_date - 62 and l.settlement_date
  cross join range(1, 51) as s(slot)
  where (d.present >> (s.slot - 1)::ubigint) & 1 = 1 and (d.settlement_date < l.settlement_date or s.slot < l.slot)
  group by all
)

select
  load_id, meter_key, channel, unit, settlement_date,
  1::ubigint << (slot - 1)::ubigint as half_hours,
  kwh as found, missing_half_hours::double as usual
from gaps
where missing_half_hours >= threshold('trial_lump_gap') and kwh <= peak_known * (missing_half_hours + 1)
