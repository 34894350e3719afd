-- Days at zero of a meter that is hardly ever at zero. Heating and what the sun gives may rest for a while; what a building draws does not.
-- rank: 6
-- screen: peak = 0 and half_hours >= 46 and zero_share <= threshold('trial_zero_share')
with
empty as (
  select *, settlement_date - (row_number() over (partition by load_id, meter_key, channel, unit order by settlement_date))::integer as run
  from trial_rated
  where looks_zeros
)

select
  load_id, meter_key, channel, unit, settlement_date, present as half_hours,
  0.0 as found, total_mid as usual
from empty
qualify count(*) over (partition by load_id, meter_key, channel, unit, run) >= case
  when energy = 'electricity' and flow = 'import' then threshold('trial_zero_days')
  when flow = 'generation' then threshold('trial_zero_days_of_sun')
  else threshold('trial_zero_days_of_heat')
end
