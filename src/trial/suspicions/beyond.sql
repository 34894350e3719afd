-- Days of a week on which heating or an array gives more in its largest half-hour than it ever did in the season: boilers and panels have a size.
-- rank: 5
-- screen: (energy <> 'electricity' or flow = 'generation') and has_season and peak > peak_most_ever * threshold('trial_beyond')
with near as (
  select
    *, count(*) over (
      partition by load_id, meter_key, channel, unit order by settlement_date
      range between interval 3 days preceding and interval 3 days following
    ) as near_days
  from trial_rated
  where looks_beyond
)

select
  load_id, meter_key, channel, unit, settlement_date, present as half_hours,
  total as found, total_mid as usual
from near
qualify max(near_days) over (
  partition by load_id, meter_key, channel, unit order by settlement_date
  range between interval 3 days preceding and interval 3 days following
) >= threshold('trial_beyond_days')
