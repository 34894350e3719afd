-- The names under which the meters of energy land. Water is no energy, whatever the register says: what a SPID names waits in marts.held_meters.
-- grain: meter_key
select distinct n.meter_key, n.meter_point_id, m.energy
from council.meter_names n
join council.meter_points m using (meter_point_id)
where not is_water(n.meter_key)
