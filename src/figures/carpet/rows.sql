-- Every half-hour of one site's electricity.
select *
from marts.site_half_hourly
semi join chosen_site using (site_id, energy)
order by settlement_date, clock_half_hour
