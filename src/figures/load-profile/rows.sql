-- The usual day of one building's energy, by type of day.
select *
from marts.site_load_profile
semi join chosen_building using (site_id, energy)
order by day_type, clock_half_hour
