-- What may have bent its line.
select *
from marts.building_events
where site_id = (select site_id from chosen_building)
order by happened_on, kind, what
