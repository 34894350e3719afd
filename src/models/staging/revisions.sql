-- Every standing revision of a metered day, in kWh, under its meter point of the register. What the register does not know, whose unit nobody says, or
-- which is a volume of something else than gas waits in marts.held_meters. Gas takes the calorific value of staging.gas_days.
-- What the registers rule out waits there too. The columns are those that merge_half_hours reads, then what names a revision: its load, and what the file
-- says of meter, direction and unit. Joins here are look-ups of one row.
with
registered as (
  select
    n.meter_point_id as meter, n.energy, coalesce(r.read_as, d.channel) as channel, d.unit, d.settlement_date, d.quantity, d.present, d.estimated,
    s.precedence, d.load_id, d.meter_key, d.channel as told_channel
  from staging.believed_days d
  join staging.standing_loads s using (load_id)
  join staging.energy_names n using (meter_key)
  left join staging.ruled_meters r using (load_id, meter_key, channel, unit)
  where r.why is null
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

select meter, channel, unit, settlement_date, quantity, present, estimated, precedence, load_id, meter_key, told_channel, unit as told_in, 1::double as kwh_per_unit
from registered
where unit = 'kWh'
union all
select
  meter, channel, 'kWh' as unit, settlement_date,
  (list_transform(quantity[1:slots_before_gas_day], read -> read * kwh_before)
    || list_transform(quantity[slots_before_gas_day + 1:50], read -> read * kwh_after))::double[50] as quantity,
  present, estimated, precedence, load_id, meter_key, told_channel, unit as told_in, greatest(kwh_before, kwh_after) as kwh_per_unit
from rated
