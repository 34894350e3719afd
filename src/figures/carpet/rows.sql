-- Every half-hour of one building's energy.
select *
from marts.site_half_hourly
semi join chosen_building using (site_id, energy)
order by settlement_date, clock_half_hour
