-- Days of readings far below what is usual by day and by night alike, some days running, and not at zero: as when MWh are read as kWh, or m³ as kWh. A building that shuts keeps its nights.
-- Heating that rests in a holiday is as low about the same date of a year beside.
-- rank: 3
-- screen: peak > 0 and by_total < threshold('trial_divided') and by_peak < threshold('trial_divided')
with
low as (
  select *
  from trial_rated
  where looks_divided
    and case
      when energy = 'electricity' and flow = 'import' then by_night < threshold('trial_divided')
      else has_season and peak < peak_low * threshold('trial_divided_peak') and abs(by_phase) < threshold('trial_divided_phase')
    end
),

holidays as (
  select distinct l.load_id, l.meter_key, l.channel, l.unit, l.settlement_date
  from low l
  join trial_days b
    on b.meter = l.meter and b.channel = l.channel and b.load_id < l.load_id and b.peak > 0 and b.total < threshold('trial_divided') * l.total_mid
    and abs(abs(b.settlement_date - l.settlement_date) - 365) <= threshold('trial_holiday_days') and l.total > threshold('trial_divided') * b.total
  anti join trial_suspects s
    on s.load_id = b.load_id and s.meter_key = b.meter_key and s.channel = b.channel and s.unit = b.unit and s.settlement_date = b.settlement_date
  where l.energy = 'gas'
),

small as (
  select *, settlement_date - (row_number() over (partition by load_id, meter_key, channel, unit order by settlement_date))::integer as run
  from low
  anti join holidays using (load_id, meter_key, channel, unit, settlement_date)
)

select
  load_id, meter_key, channel, unit, settlement_date, present as half_hours,
  total as found, total_mid as usual
from small
qualify count(*) over (partition by load_id, meter_key, channel, unit, run) >= threshold('trial_run_days')
