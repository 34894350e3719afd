-- Days of meter points of which files state the energy of longer times: hours, days, months, from one read of a counter to the next, each as last stated. `slots`
-- are the half-hours that they cover. Where two overlap, the shorter speaks, then the one stated last. A volume of gas takes the calorific value of each day. In kWh, of water in m³.
-- grain: meter_point_id, channel, settlement_date
with
stated as (
  select load_id, meter_key, channel, unit, starts_at, ends_at, quantity, is_estimated
  from raw.periods
  union all
  select load_id, meter_key, channel, unit, starts_at, ends_at, quantity, is_estimated
  from staging.lumps
),

latest_periods as (
  select
    n.meter_point_id, n.energy, coalesce(r.read_as, p.channel) as channel, p.starts_at, p.ends_at, max(s.precedence) as precedence,
    arg_max(
      {'unit': p.unit, 'quantity': p.quantity, 'is_estimated': p.is_estimated},
      {'is_actual': not p.is_estimated, 'precedence': s.precedence, 'quantity': p.quantity}
    ) as latest
  from stated p
  join staging.standing_loads s using (load_id)
  join staging.metered_names n using (meter_key)
  left join staging.ruled_meters r using (load_id, meter_key, channel, unit)
  where r.why is null
  group by n.meter_point_id, n.energy, coalesce(r.read_as, p.channel), p.starts_at, p.ends_at
),

period_days as (
  select
    p.meter_point_id, p.energy, p.channel, d.settlement_date, p.starts_at, p.ends_at, p.precedence, p.latest.is_estimated as is_estimated,
    u.measures = 'volume' as is_volume,
    greatest(0, epoch(p.starts_at - d.starts_at) // 1800)::ubigint as first_slot,
    least(d.periods, ceil(epoch(p.ends_at - d.starts_at) / 1800))::ubigint as next_slot,
    p.latest.quantity / (epoch(p.ends_at - p.starts_at) / 1800) * counted_per_unit(
      p.energy, u.measures, u.amount, coalesce(k.volume_correction, g.volume_correction),
      (g.slots_before_gas_day * g.calorific_value_before + (g.periods - g.slots_before_gas_day) * g.calorific_value_after) / g.periods
    ) as quantity_per_half_hour
  from latest_periods p
  join ops.settlement_days d on d.settlement_date between local_date(p.starts_at) and local_date(p.ends_at - interval 1 minute)
  left join council.meters k on k.meter_point_id = p.meter_point_id and d.settlement_date between k.valid_from and k.valid_to
  join reference.units u on u.unit = if(p.latest.unit = 'metered', k.unit, p.latest.unit)
  join staging.gas_days g on g.gas_zone = coalesce(k.gas_zone, '') and g.settlement_date = d.settlement_date
  where quantity_per_half_hour is not null
),

masked_days as (
  select *, ((1::ubigint << (next_slot - first_slot)) - 1::ubigint) << first_slot as covered
  from period_days
  where next_slot > first_slot
),

winning_days as (
  select *, covered & ~coalesce(bit_or(covered) over before, 0::ubigint) as wins
  from masked_days
  window before as (
    partition by meter_point_id, channel, settlement_date order by ends_at - starts_at, precedence desc, starts_at
    rows between unbounded preceding and 1 preceding
  )
)

select
  meter_point_id, any_value(energy) as energy, channel, settlement_date,
  bit_or(wins) as slots,
  sum(quantity_per_half_hour * bit_count(wins)) / bit_count(bit_or(wins)) as quantity_per_half_hour,
  bool_or(is_estimated) as is_estimated,
  bool_or(is_volume) as is_volume,
  min(local_date(starts_at)) as begins_on
from winning_days
where wins <> 0
group by meter_point_id, channel, settlement_date
