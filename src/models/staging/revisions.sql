-- Every standing revision of a metered day, in kWh, under its meter point of the register; meters the register does not know wait in marts.held_meters.
-- The columns are those that merge_half_hours reads. Joins here are look-ups of one row.
with
withdrawn as (
  select receipt
  from ops.withdrawals
  group by receipt
  having arg_max(decision, decided_at) = 'withdrawn'
),

standing as (
  select load_id, rank() over (order by coalesce(issued_at, received_at), received_at, sha256) as precedence
  from ops.loads
  anti join withdrawn using (receipt)
  where outcome = 'landed' and superseded_by is null
),

registered as (
  select n.meter_point_id as meter, d.channel, d.unit, d.settlement_date, d.quantity, d.present, d.estimated, s.precedence
  from raw.meter_days d
  join standing s using (load_id)
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
