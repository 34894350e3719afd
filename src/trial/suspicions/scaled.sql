-- Days running whose total, largest reading and night are all the same multiple of what is usual, well above or below it: kW read as kWh, reactive read as
-- active, a factor left out. What a building does changes its days and its nights, and seldom by the same.
-- rank: 4
-- screen: by_total not between threshold('trial_scaled_below') and threshold('trial_scaled_above') and by_night > 0 and energy = 'electricity' and flow = 'import'
with
alike as (
  select *, settlement_date - (row_number() over (partition by load_id, meter_key, channel, unit, by_total > 1 order by settlement_date))::integer as run
  from trial_rated
  where looks_scaled and greatest(by_total, by_peak, by_night) < least(by_total, by_peak, by_night) * threshold('trial_scaled_within')
)

select
  load_id, meter_key, channel, unit, settlement_date, present as half_hours,
  total as found, total_mid as usual
from alike
qualify count(*) over (partition by load_id, meter_key, channel, unit, by_total > 1, run) >= threshold('trial_run_days')
