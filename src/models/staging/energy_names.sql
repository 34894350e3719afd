-- The names under which the meters of energy land. Water and heat are quantities of their own (intermediate.water_heat_days): nothing here adds them to kWh.
-- grain: meter_key
select *
from staging.metered_names
where is_energy(energy)
