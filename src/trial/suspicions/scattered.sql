-- Lone days of one load, in several months and all on the same day of the month: day and month are exchanged.
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
)

select
  load_id, meter_key, channel, unit, settlement_date, present as half_hours,
  total as found, total_mid as usual
from beside
where coalesce(since_last, 99) > 1 and coalesce(until_next, 99) > 1
qualify count(*) over (partition by load_id, meter_key, channel, unit, day(settlement_date)) >= threshold('trial_scattered_days')
