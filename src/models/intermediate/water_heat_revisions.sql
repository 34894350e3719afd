-- Every standing revision of a day of the register's water and heat meters, in m³ of water and kWh of heat: half-hours as files tell them, and those that are the
-- difference of an index read at both ends of the half-hour. What is of another unit, or under a number of the trade for electricity or gas, waits in marts.held_meters.
-- The columns are those that merge_half_hours reads, then what names a revision.
-- grain: load_id, meter_key, told_in, settlement_date
with
-- The reads of a half-hour follow one another from its start to its end without a gap.
read_half_hours as (
  select
    l.meter_point_id, any_value(l.energy) as energy, l.serial, l.unit, l.register,
    time_bucket(interval 30 minutes, l.read_at) as starts_at,
    sum(l.quantity) as quantity, bool_or(l.is_estimated or l.quantity is null) as is_doubtful
  from intermediate.register_links l
  where not is_energy(l.energy) and l.next_at - l.read_at <= interval 30 minutes
  group by l.meter_point_id, l.serial, l.unit, l.register, time_bucket(interval 30 minutes, l.read_at)
  having min(l.read_at) = time_bucket(interval 30 minutes, min(l.read_at)) and max(l.next_at) = time_bucket(interval 30 minutes, min(l.read_at)) + interval 30 minutes
    and sum(epoch(l.next_at - l.read_at)::integer) = 1800
),

read_slots as (
  select
    r.meter_point_id, concat_ws(' ', r.meter_point_id, r.serial, r.register) as meter_key, r.energy, r.unit, d.settlement_date,
    (epoch(r.starts_at - d.starts_at) // 1800 + 1)::integer as slot, r.quantity::double * u.amount as quantity
  from read_half_hours r
  join reference.units u using (unit)
  join ops.settlement_days d on d.settlement_date = local_date(r.starts_at)
  where not r.is_doubtful and counted_per_unit(r.energy, u.measures, u.amount, null, null) is not null
)

select
  n.meter_point_id as meter, d.channel, if(n.energy = 'water', 'm3', 'kWh') as unit, d.settlement_date,
  list_transform(d.quantity, read -> read * u.amount)::double[50] as quantity,
  d.present, d.estimated, s.precedence, d.load_id, d.meter_key, d.unit as told_in
from staging.believed_days d
join staging.standing_loads s using (load_id)
join (from staging.metered_names where not is_energy(energy)) n using (meter_key)
join ops.layouts l using (layout)
left join council.meters k on k.meter_point_id = n.meter_point_id and d.settlement_date between k.valid_from and k.valid_to
join reference.units u on u.unit = if(d.unit = 'metered', k.unit, d.unit)
where d.channel = 'import' and energy_named(l.names, d.meter_key) is null and counted_per_unit(n.energy, u.measures, u.amount, null, null) is not null
union all
select
  meter_point_id, 'import', if(any_value(energy) = 'water', 'm3', 'kWh'), settlement_date,
  list_transform(range(1, 51), place -> coalesce(list_sum(list_transform(list_filter(list({'slot': slot, 'quantity': quantity}), each -> each.slot = place), each -> each.quantity)), 0))::double[50],
  bit_or(1::ubigint << (slot - 1)::ubigint), 0::ubigint, 0, null, meter_key, unit
from read_slots
group by meter_point_id, meter_key, unit, settlement_date
