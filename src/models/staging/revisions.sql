-- Every standing revision of a metered day, in kWh, under its meter point of the register; meters the register does not know, or whose unit nobody says,
-- wait in marts.held_meters. Gas takes the calorific value of its zone and gas day, which begins at 05:00, where that is held, else the usual one.
-- The columns are those that merge_half_hours reads. Joins here are look-ups of one row.
with
registered as (
  select n.meter_point_id as meter, d.channel, d.unit, d.settlement_date, d.quantity, d.present, d.estimated, s.precedence
  from raw.meter_days d
  join staging.standing_loads s using (load_id)
  join council.meter_names n using (meter_key)
),

only_zone as (
  select case when count(distinct gas_zone) = 1 then any_value(gas_zone) end as gas_zone
  from staging.calorific_values
),

rated as (
  select
    r.*,
    case s.day_kind when 'spring' then 8 when 'autumn' then 12 else 10 end as slots_before_gas_day,
    kwh_per_unit(u.measures, u.amount, coalesce(k.volume_correction, g.volume_correction), coalesce(eve.calorific_value_mj_per_m3, g.calorific_value_mj_per_m3)) as kwh_before,
    kwh_per_unit(u.measures, u.amount, coalesce(k.volume_correction, g.volume_correction), coalesce(day.calorific_value_mj_per_m3, g.calorific_value_mj_per_m3)) as kwh_after
  from registered r
  join ops.settlement_days s using (settlement_date)
  cross join only_zone z
  left join council.meters k on k.meter_point_id = r.meter and r.settlement_date between k.valid_from and k.valid_to
  join reference.units u on u.unit = if(r.unit = 'metered', k.unit, r.unit)
  join reference.gas_conversions g on r.settlement_date between g.valid_from and g.valid_to
  left join staging.calorific_values eve on eve.gas_zone = coalesce(k.gas_zone, z.gas_zone) and eve.gas_date = r.settlement_date - 1
  left join staging.calorific_values day on day.gas_zone = coalesce(k.gas_zone, z.gas_zone) and day.gas_date = r.settlement_date
  where r.unit <> 'kWh'
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
