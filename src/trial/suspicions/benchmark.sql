-- A first delivery whose days are far from what a building of its kind and size uses: there is no past to compare with.
-- rank: 8
-- screen: benchmark is not null and days is null
with
months as (
  select *, avg(total) over (partition by load_id, meter_key, channel, unit, month) as mean_total, count(*) over (partition by load_id, meter_key, channel, unit, month) as days_of_month
  from trial_rated
  where looks_benchmark
)

select
  load_id, meter_key, channel, unit, settlement_date, present as half_hours,
  mean_total as found, benchmark as usual
from months
where days_of_month >= threshold('trial_first_days')
  and (mean_total > benchmark * threshold('trial_first_above') or (mean_total > 0 and mean_total < benchmark * threshold('trial_first_below')))
