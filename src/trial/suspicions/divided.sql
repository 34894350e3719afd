-- Days of readings far below what is usual by day and by night alike, some days running, and not at zero: as when MWh are read as kWh, or m³ as kWh. A building that shuts keeps its nights.
-- rank: 3
-- screen: peak > 0 and by_total < threshold('trial_divided') and by_peak < threshold('trial_divided')
with
small as (
  select *, settlement_date - (row_number() over (partition by load_id, meter_key, channel, unit order by settlement_date))::integer as run
  from trial_rated
  where looks_divided
    and case
      when energy = 'electricity' and flow = 'import' then by_night < threshold('trial_divided')
      else has_season and peak < peak_low * threshold('trial_divided_peak') and abs(by_phase) < threshold('trial_divided_phase')
    end
)

select
  load_id, meter_key, channel, unit, settlement_date, present as half_hours,
  total as found, total_mid as usual
from small
qualify count(*) over (partition by load_id, meter_key, channel, unit, run) >= threshold('trial_run_days')
