-- Lone days of one load in several months of a year, all on the same day of the month: day and month are exchanged. Fewer show it where the rest of the
-- month that has that day for its number came in the same load. A load of more lone days than a month has that can be exchanged is one reading a month.
-- rank: 2
-- screen: is_sparse
with
beside as (
  select
    *,
    settlement_date - lag(settlement_date) over load_days as since_last,
    lead(settlement_date) over load_days - settlement_date as until_next
  from trial_rated
  where looks_scattered
  window load_days as (partition by load_id, meter_key, channel, unit order by settlement_date)
),

lone as (
  select
    *,
    count(*) over (partition by load_id, meter_key, channel, unit, year(settlement_date), day(settlement_date)) as alike_days,
    count(*) over (partition by load_id, meter_key, channel, unit) as lone_days
  from beside
  where coalesce(since_last, 99) > 1 and coalesce(until_next, 99) > 1
),

rest as (
  select load_id, meter_key, channel, unit, year(settlement_date) as month_year, month(settlement_date) as month_number, count(*) as other_days
  from beside
  where day(settlement_date) > 12
  group by all
)

select
  l.load_id, l.meter_key, l.channel, l.unit, l.settlement_date, l.present as half_hours,
  l.total as found, l.total_mid as usual
from lone l
left join rest r
  on r.load_id = l.load_id and r.meter_key = l.meter_key and r.channel = l.channel and r.unit = l.unit
  and r.month_year = year(l.settlement_date) and r.month_number = day(l.settlement_date)
where if(
  r.other_days > l.alike_days,
  l.alike_days >= threshold('trial_scattered_beside_days'),
  l.alike_days >= threshold('trial_scattered_days') and l.lone_days <= 12
)
