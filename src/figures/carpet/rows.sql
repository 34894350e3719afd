-- Every half-hour of one building's energy, a row a day.
select
  site_id, site_name, energy, quantity, settlement_date,
  list(clock_half_hour order by clock_half_hour) as half_hours,
  list(power_kw order by clock_half_hour) as power_kw,
  list(is_estimated order by clock_half_hour) as is_estimated
from marts.site_half_hourly
semi join chosen_building using (site_id, energy)
group by site_id, site_name, energy, quantity, settlement_date
order by settlement_date
