-- The names under which the meters of the register land, and what each measures. A SPID names water: where the register calls it an energy it waits in marts.held_meters.
-- grain: meter_key
select distinct n.meter_key, n.meter_point_id, m.energy
from council.meter_names n
join council.meter_points m using (meter_point_id)
where m.energy = 'water' or not is_water(n.meter_key)
