-- Days of meter points of which a period is known, from reads, bills or what files state, with its best source by reference.energy_sources: its kWh, of water its m³, spread
-- evenly over its half-hours, and a volume of gas by the calorific value of each day. `slots` are the half-hours of the day that it covers. Where bills of one kind overlap, the one issued last speaks; where a
-- credit is left beside them, bills and credits of the day are added up. A credit alone says nothing of what was used. The period began on `begins_on`.
-- grain: meter_point_id, channel, settlement_date
with
read_lengths as (
  select p.*, sum(s.periods) as half_hours
  from intermediate.read_periods p
  join ops.settlement_days s on s.settlement_date between p.first_date and p.last_date
  where p.quantity is not null
  group by all
),

read_days as (
  select
    r.meter_point_id, r.energy, g.settlement_date, r.first_date,
    r.quantity / r.half_hours * counted_per_unit(
      r.energy, u.measures, u.amount, coalesce(k.volume_correction, g.volume_correction),
      (g.slots_before_gas_day * g.calorific_value_before + (g.periods - g.slots_before_gas_day) * g.calorific_value_after) / g.periods
    ) as quantity_per_half_hour,
    r.is_estimated,
    u.measures = 'volume' as is_volume,
    {
      'is_estimated': r.is_estimated, 'is_other': coalesce(plain_serial(k.serial), r.serial) <> r.serial, 'is_volume': u.measures = 'volume',
      'is_unnamed': r.serial = '', 'serial': r.serial, 'unit': r.unit, 'is_whole': r.is_whole
    } as read_order
  from read_lengths r
  join reference.units u using (unit)
  join ops.settlement_days d on d.settlement_date between r.first_date and r.last_date
  left join council.meters k on k.meter_point_id = r.meter_point_id and d.settlement_date between k.valid_from and k.valid_to
  join staging.gas_days g on g.gas_zone = coalesce(k.gas_zone, '') and g.settlement_date = d.settlement_date
  where quantity_per_half_hour is not null
),

bill_lengths as (
  select p.*, sum(s.periods) as half_hours
  from intermediate.bill_periods p
  join ops.settlement_days s on s.settlement_date between p.first_date and p.last_date
  group by all
),

bill_days as (
  select
    b.meter_point_id, b.energy, d.settlement_date, b.first_date, b.kind, b.is_estimated, b.quantity / b.half_hours as quantity_per_half_hour,
    {
      'issued_on': first_day(b.issued_on), 'last_date': b.last_date, 'first_date': b.first_date, 'invoice': b.invoice
    } as bill_order
  from bill_lengths b
  join ops.settlement_days d on d.settlement_date between b.first_date and b.last_date
),

credited_days as (
  select distinct meter_point_id, settlement_date
  from bill_days
  where kind = 'credit'
),

whole_days as (
  select
    meter_point_id, any_value(energy) as energy, settlement_date, 'read pair' as source,
    arg_min(quantity_per_half_hour, read_order) as quantity_per_half_hour, arg_min(is_estimated, read_order) as is_estimated, arg_min(is_volume, read_order) as is_volume,
    arg_min(first_date, read_order) as begins_on
  from read_days
  group by meter_point_id, settlement_date
  union all
  select
    meter_point_id, any_value(energy), settlement_date, if(is_estimated, 'bill estimated', 'bill actual') as source,
    arg_max(quantity_per_half_hour, bill_order), is_estimated, false, arg_max(first_date, bill_order)
  from bill_days
  anti join credited_days using (meter_point_id, settlement_date)
  group by meter_point_id, settlement_date, is_estimated
  union all
  select
    meter_point_id, any_value(energy), settlement_date, if(bool_or(is_estimated), 'bill estimated', 'bill actual') as source,
    sum(quantity_per_half_hour::decimal(28, 12))::double, bool_or(is_estimated), false, min(first_date)
  from bill_days
  semi join credited_days using (meter_point_id, settlement_date)
  group by meter_point_id, settlement_date
  having bool_or(kind = 'normal')
),

candidates as (
  select w.*, 'import' as channel, (1::ubigint << d.periods::ubigint) - 1::ubigint as slots
  from whole_days w
  join ops.settlement_days d using (settlement_date)
  union all by name
  select *, if(is_estimated, 'period estimated', 'period actual') as source
  from intermediate.stated_periods
)

select
  c.meter_point_id, any_value(c.energy) as energy, c.channel, c.settlement_date,
  arg_min(c.source, s.rank) as source,
  arg_min(c.slots, s.rank) as slots,
  arg_min(c.quantity_per_half_hour, s.rank) as quantity_per_half_hour,
  arg_min(c.is_estimated, s.rank) as is_estimated,
  arg_min(c.is_volume, s.rank) as is_volume,
  arg_min(c.begins_on, s.rank) as begins_on
from candidates c
join reference.energy_sources s using (source)
where c.settlement_date <= getvariable('as_of')
group by c.meter_point_id, c.channel, c.settlement_date
