-- Every standing revision of a metered day, in kWh, under its meter point of the register; meters the register does not know wait in marts.held_meters.
-- The columns are those that merge_half_hours reads. Joins here are look-ups of one row.
with
registered as (
  select n.meter_point_id as meter, d.channel, d.unit, d.settlement_date, d.quantity, d.present, d.estimated, s.precedence
  from raw.meter_days d
  join staging.standing_loads s using (load_id)
  join council.meter_names n using (meter_key)
)

select meter, channel, unit, settlement_date, quantity, present, estimated, precedence
from registered
where unit = 'kWh'
union all
select
  r.meter, r.channel, 'kWh' as unit, r.settlement_date,
  list_transform(r.quantity, read -> read * u.kwh_per_unit)::double[50] as quantity,
  r.present, r.estimated, r.precedence
from registered r
join staging.energy_units u using (unit)
where r.unit <> 'kWh' and r.settlement_date between u.valid_from and u.valid_to
