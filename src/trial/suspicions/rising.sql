-- Days on which no reading is below the one before it, and that go on where the day before ended: a counter, not what was used. A day of the same load
-- on which the counter starts again is of the same kind.
-- rank: 1
-- screen: is_rising
with
steps as (
  select
    d.load_id, d.meter_key, d.channel, d.unit, d.settlement_date, d.quantity[1] as opens, d.quantity[r.half_hours] as closes,
    len(list_filter(range(2, r.half_hours + 1), slot -> d.quantity[slot] < d.quantity[slot - 1])) as falls,
    len(list_filter(range(2, r.half_hours + 1), slot -> d.quantity[slot] > d.quantity[slot - 1])) as rises
  from trial_rated r
  join raw.meter_days d using (load_id, meter_key, channel, unit, settlement_date)
  where r.looks_rising
),

followed as (
  select
    *, lead(settlement_date) over series as next_date, lead(opens) over series as next_opens
  from steps
  where falls = 0 and rises >= threshold('trial_counter_rises')
  window series as (partition by load_id, meter_key, channel, unit order by settlement_date)
),

counters as (
  select distinct load_id, meter_key, channel, unit
  from followed
  where next_date = settlement_date + 1 and next_opens - closes between 0 and (closes - opens) * threshold('trial_counter_night')
),

of_counters as materialized (
  select *
  from raw.meter_days
  semi join counters using (load_id, meter_key, channel, unit)
)

select
  load_id, meter_key, channel, unit, settlement_date, present as half_hours,
  list_sum(quantity) as found, null::double as usual
from of_counters
where len(list_filter(range(2, bit_count(present)::integer + 1), slot -> quantity[slot] < quantity[slot - 1])) <= threshold('trial_counter_falls')
  and len(list_filter(range(2, bit_count(present)::integer + 1), slot -> quantity[slot] > quantity[slot - 1])) >= threshold('trial_counter_rises')
