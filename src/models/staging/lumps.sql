-- What an outage left out and one half-hour then holds: the sum of all from the last half-hour that was read before to that one.
-- grain: load_id, meter_key, channel, unit, ends_at
with
lumps as (
  select d.*, bit_count(o.half_hours - 1) + 1 as slot
  from ops.left_out o
  join raw.meter_days d using (load_id, meter_key, channel, unit, settlement_date)
  where o.why = 'a period'
),

before as (
  select
    l.load_id, l.meter_key, l.channel, l.unit, l.settlement_date, l.slot, l.quantity[l.slot] as quantity, (l.estimated >> (l.slot - 1)::ubigint) & 1 = 1 as is_estimated,
    max(t.starts_at + interval 30 minutes * s.slot) as starts_at
  from lumps l
  join raw.meter_days d
    on d.load_id = l.load_id and d.meter_key = l.meter_key and d.channel = l.channel and d.unit = l.unit
    and d.settlement_date between l.settlement_date - 62 and l.settlement_date
  join ops.settlement_days t on t.settlement_date = d.settlement_date
  cross join range(1, 51) as s(slot)
  where (d.present >> (s.slot - 1)::ubigint) & 1 = 1 and (d.settlement_date < l.settlement_date or s.slot < l.slot)
  group by all
)

select
  b.load_id, b.meter_key, b.channel, b.unit, b.starts_at, t.starts_at + interval 30 minutes * b.slot as ends_at,
  b.quantity::decimal(24, 8) as quantity, b.is_estimated
from before b
join ops.settlement_days t using (settlement_date)
