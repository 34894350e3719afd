-- Days of a week on which heating or an array gives more in its largest half-hour than it ever did in the season: boilers and panels have a size.
-- rank: 5
-- screen: (energy <> 'electricity' or channel = 'generation') and has_season and peak > peak_most_ever * threshold('trial_beyond')
with near as (
  select
    *,
    count(*) over (series range between interval 6 days preceding and current row) as before,
    count(*) over (series range between current row and interval 6 days following) as after
  from trial_rated
  where looks_beyond
  window series as (partition by load_id, meter_key, channel, unit order by settlement_date)
)

select
  load_id, meter_key, channel, unit, settlement_date, present as half_hours,
  total as found, total_mid as usual
from near
where greatest(before, after) >= threshold('trial_beyond_days')
