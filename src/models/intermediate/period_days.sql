-- Days of meter points of which a period is known, from reads or bills, with its best source by reference.energy_sources: its kWh spread evenly over
-- its half-hours. Where bills of one kind overlap, the one issued last speaks. A day counts by reads only where every register of the meter does.
-- grain: meter_point_id, settlement_date
with
read_days as (
  select
    r.meter_point_id, r.serial, d.settlement_date,
    sum(r.kwh / r.half_hours) as kwh_per_half_hour,
    bool_or(r.is_estimated) as is_estimated,
    count(r.kwh) as registers
  from (
    select p.*, sum(s.periods) as half_hours
    from intermediate.read_periods p
    join ops.settlement_days s on s.settlement_date between p.first_date and p.last_date
    group by all
  ) r
  join ops.settlement_days d on d.settlement_date between r.first_date and r.last_date
  group by r.meter_point_id, r.serial, d.settlement_date
),

registers as (
  select meter_point_id, serial, count(distinct register) as registers
  from intermediate.read_periods
  group by meter_point_id, serial
),

bill_days as (
  select
    b.meter_point_id, d.settlement_date, b.kwh / b.half_hours as kwh_per_half_hour, b.is_estimated,
    if(b.is_estimated, 'bill estimated', 'bill actual') as source,
    {'issued_on': b.issued_on, 'precedence': b.precedence, 'first_date': b.first_date, 'last_date': b.last_date} as told
  from (
    select p.*, sum(s.periods) as half_hours
    from intermediate.bill_periods p
    join ops.settlement_days s on s.settlement_date between p.first_date and p.last_date
    group by all
  ) b
  join ops.settlement_days d on d.settlement_date between b.first_date and b.last_date
),

candidates as (
  select r.meter_point_id, r.settlement_date, 'read pair' as source, r.kwh_per_half_hour, r.is_estimated
  from read_days r
  join registers n using (meter_point_id, serial, registers)
  union all
  select meter_point_id, settlement_date, source, arg_max(kwh_per_half_hour, told), arg_max(is_estimated, told)
  from bill_days
  group by meter_point_id, settlement_date, source
)

select
  c.meter_point_id, c.settlement_date,
  arg_min(c.source, s.rank) as source,
  arg_min(c.kwh_per_half_hour, s.rank) as kwh_per_half_hour,
  arg_min(c.is_estimated, s.rank) as is_estimated
from candidates c
join reference.energy_sources s using (source)
where c.settlement_date <= getvariable('as_of')
group by c.meter_point_id, c.settlement_date
