-- Days running at twice or half of what is usual, by day and by night alike: kW read as kWh, or kWh halved as if they were kW.
-- rank: 4
-- screen: by_night between 1.4 and 2.8 and by_total between 1.4 and 2.8 or by_night between 0.35 and 0.7 and by_total between 0.35 and 0.7
with
near as (
  select *, if(by_total > 1, 2.0, 0.5) as factor
  from trial_rated
  where looks_twice and energy = 'electricity' and channel = 'import'
),

alike as (
  select *, settlement_date - (row_number() over (partition by load_id, meter_key, channel, unit, factor order by settlement_date))::integer as run
  from near
  where abs(ln(by_total / factor)) < threshold('trial_twice_within') and abs(ln(by_peak / factor)) < threshold('trial_twice_within')
    and abs(ln(nullif(by_night, 0) / factor)) < threshold('trial_twice_within')
)

select
  load_id, meter_key, channel, unit, settlement_date, present as half_hours,
  total as found, total_mid as usual
from alike
qualify count(*) over (partition by load_id, meter_key, channel, unit, factor, run) >= threshold('trial_run_days')
