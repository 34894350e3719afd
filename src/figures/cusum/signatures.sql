-- The signature of the building, and what the days since took beyond it.
select *
from marts.energy_signatures
semi join chosen_building using (site_id, energy)
order by opening
