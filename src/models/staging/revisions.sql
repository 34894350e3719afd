-- Every standing revision of a metered day, in kWh, under its meter point of the register. What the register does not know, whose unit nobody says, or
-- which is a volume of something else than gas waits in marts.held_meters. Gas takes the calorific value of staging.gas_days.
-- The columns are those that merge_half_hours reads. Joins here are look-ups of one row.
with
registered as (
  select n.meter_point_id as meter, n.energy, d.channel, d.unit, d.settlement_date, d.quantity, d.present, d.estimated, s.precedence
  from staging.believed_days d
  join staging.standing_loads s using (load_id)
  join staging.energy_names n using (meter_key)
),

rated as (
  select
    r.*, g.slots_before_gas_day,
    kwh_per_unit(u.measures, u.amount, coalesce(k.volume_correction, g.volume_correction), g.calorific_value_before) as kwh_before,
    kwh_per_unit(u.measures, u.amount, coalesce(k.volume_correction, g.volume_correction), g.calorific_value_after) as kwh_after
  from registered r
  left join council.meters k on k.meter_point_id = r.meter and r.settlement_date between k.valid_from and k.valid_to
  join reference.units u on u.unit = if(r.unit = 'metered', k.unit, r.unit)
  join staging.gas_days g on g.gas_zone = coalesce(k.gas_zone, '') and g.settlement_date = r.settlement_date
  where r.unit <> 'kWh' and (u.measures = 'energy' or r.energy = 'gas')
)

select meter, channel, unit, settlement_date, quantity, present, estimated, precedence
from registered
where unit = 'kWh'
union all
select
  meter, channel, 'kWh' as unit, settlement_date,
  (list_transform(quantity[1:slots_before_gas_day], read -> read * kwh_before)
    || list_transform(quantity[slots_before_gas_day + 1:50], read -> read * kwh_after))::double[50] as quantity,
  present, estimated, precedence
from rated
