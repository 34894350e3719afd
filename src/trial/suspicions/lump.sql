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
    epoch(t.starts_at + interval 30 minutes * (l.slot - 1) - max(b.starts_at + interval 30 minutes * s.slot)) / 1800 as missing_half_hours
  from lone l
  join ops.settlement_days t using (settlement_date)
  join raw.meter_days d
    on d.load_id = l.load_id and d.meter_key = l.meter_key and d.channel = l.channel and d.unit = l.unit
    and d.settlement_date between l.settlement_date - threshold('trial_lump_longest_gap')::integer and l.settlement_date
  join ops.settlement_days b on b.settlement_date = d.settlement_date
  cross join range(1, 51) as s(slot)
  where (d.present >> (s.slot - 1)::ubigint) & 1 = 1 and (d.settlement_date < l.settlement_date or s.slot < l.slot)
  group by l.load_id, l.meter_key, l.channel, l.unit, l.settlement_date, l.slot, l.kwh, l.peak_known, t.starts_at
)

select
  load_id, meter_key, channel, unit, settlement_date,
  1::ubigint << (slot - 1)::ubigint as half_hours,
  kwh as found, missing_half_hours as usual
from gaps
where missing_half_hours >= threshold('trial_lump_gap') and kwh <= peak_known * (missing_half_hours + 1)
