-- The gross calorific value of each gas distribution zone and gas day, where it is held.
-- grain: gas_zone, gas_date
select area as gas_zone, starts_at::date as gas_date, told.value::double as calorific_value_mj_per_m3
from staging.observations
where series = 'gas_calorific_value' and told.value is not null and status = 'actual'
