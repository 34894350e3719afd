-- Days far above the largest that are usual, as when Wh are read as kWh, or m³ where kWh are written. Where the season was never read before, only what no season explains.
-- Two half-hours alone do not make such a day.
-- rank: 2
-- screen: total - 2 * peak > threshold('trial_multiplied') * total_most_ever
select load_id, meter_key, channel, unit, settlement_date, present as half_hours, total as found, total_mid as usual
from trial_rated
where looks_multiplied
  and peak > threshold('trial_multiplied') * peak_most_ever / 2
  and total - 2 * peak > total_most_ever * case
    when energy = 'electricity' and flow = 'import' then threshold('trial_multiplied')
    when has_season and flow <> 'export' then threshold('trial_multiplied_by_weather')
    else threshold('trial_multiplied_new_season')
  end
