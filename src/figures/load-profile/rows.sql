-- The usual day of one site's electricity, by type of day.
select *
from marts.site_load_profile
semi join chosen_site using (site_id, energy)
order by day_type, clock_half_hour
