-- The days of one building and energy that has weather.
select *
from marts.signature_points
semi join chosen_building using (site_id, energy)
order by settlement_date
