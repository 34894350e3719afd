-- One value for many half-hours on end, of a meter that does not do so: a logger that repeats its last value. From the first such half-hour to the last.
-- What is generated does not do so day and night on a few days of many, whatever was known of its meter.
-- rank: 5
-- screen: is_flat and coalesce(flat_share <= threshold('trial_flat_share'), flow = 'generation' and own_flat_share <= threshold('trial_own_flat_share'))
with
flat as (
  select load_id, meter_key, channel, unit, settlement_date, total_mid, flat_share, flow
  from trial_rated
  where looks_frozen
),

around as (
  select load_id, meter_key, channel, unit, settlement_date + beside::integer as settlement_date, any_value(total_mid) as total_mid, any_value(flat_share) as flat_share, any_value(flow) as flow
  from flat
  cross join range(-1, 2) as b(beside)
  group by all
),

half_hours as (
  select load_id, meter_key, channel, unit, settlement_date, total_mid, flat_share, flow, slot, quantity[slot] as quantity
  from around
  join raw.meter_days using (load_id, meter_key, channel, unit, settlement_date)
  cross join range(1, 51) as s(slot)
  where (present >> (slot - 1)::ubigint) & 1 = 1
),

changes as (
  select *, quantity is distinct from lag(quantity) over (partition by load_id, meter_key, channel, unit order by settlement_date, slot) as is_change
  from half_hours
),

stretches as (
  select *, count(*) filter (is_change) over (partition by load_id, meter_key, channel, unit order by settlement_date, slot) as stretch
  from changes
),

long as (
  select *
  from stretches
  qualify quantity > 0 and count(*) over (partition by load_id, meter_key, channel, unit, stretch)
    >= if(flow = 'generation' and flat_share is not null, threshold('trial_frozen_half_hours_of_sun'), threshold('trial_frozen_half_hours'))
)

select
  load_id, meter_key, channel, unit, settlement_date,
  bit_or(1::ubigint << (slot - 1)::ubigint) as half_hours,
  max(quantity) as found, any_value(total_mid) / 48 as usual
from long
group by load_id, meter_key, channel, unit, settlement_date
