-- The meter-days of the standing loads without what is left out of them: half-hours that are doubted, and days that were withdrawn.
with kept as (
  select d.* exclude (present, estimated), d.present & ~o.half_hours as present, d.estimated & ~o.half_hours as estimated
  from raw.meter_days d
  join ops.left_out o using (load_id, meter_key, channel, unit, settlement_date)
)

select load_id, meter_key, channel, unit, settlement_date, quantity, present, estimated
from raw.meter_days
semi join staging.standing_loads using (load_id)
anti join ops.left_out using (load_id, meter_key, channel, unit, settlement_date)
union all
select
  load_id, meter_key, channel, unit, settlement_date,
  list_transform(range(1, 51), slot -> won(quantity, present, slot))::double[50] as quantity,
  present, estimated
from kept
semi join staging.standing_loads using (load_id)
where present <> 0
