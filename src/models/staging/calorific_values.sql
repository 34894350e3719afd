-- The gross calorific value of each gas distribution zone and gas day, where it is held: the one measured, else the one published in its place.
-- grain: gas_zone, gas_date
select
  area as gas_zone, starts_at::date as gas_date,
  arg_min(latest.value::double, status) as calorific_value_mj_per_m3,
  if(min(status) = 'actual', 'published', 'published, substituted') as source
from staging.observations
where series = 'gas_calorific_value' and period = 'day' and latest.value is not null and (status = 'actual' or status = 'provisional')
group by area, starts_at::date
