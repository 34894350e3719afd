-- What one of each unit is in kWh, while a gas conversion holds: volume × correction × calorific value / 3.6, or the definition.
-- grain: unit, valid_from
select
  u.unit,
  case u.measures
    when 'energy' then u.amount
    else u.amount * g.volume_correction * g.calorific_value_mj_per_m3 / 3.6
  end as kwh_per_unit,
  g.valid_from,
  g.valid_to
from reference.units u
cross join reference.gas_conversions g
