-- What an outage left out and one half-hour then holds, as the trial found it: the sum of the half-hours that are missing before it and its own.
-- grain: load_id, meter_key, channel, unit, ends_at
with lumps as (
  select d.*, bit_count(o.half_hours - 1) + 1 as slot, o.usual as missing_half_hours
  from ops.doubts o
  semi join (from ops.left_out where why = 'a period') using (load_id, meter_key, channel, unit, settlement_date)
  join raw.meter_days d using (load_id, meter_key, channel, unit, settlement_date)
  where o.kind = 'lump'
)

select
  l.load_id, l.meter_key, l.channel, l.unit,
  t.starts_at + interval 30 minutes * (l.slot - 1 - l.missing_half_hours::integer) as starts_at,
  t.starts_at + interval 30 minutes * l.slot as ends_at,
  l.quantity[l.slot]::decimal(24, 8) as quantity,
  (l.estimated >> (l.slot - 1)::ubigint) & 1 = 1 as is_estimated
from lumps l
join ops.settlement_days t using (settlement_date)
