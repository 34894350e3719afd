-- Every day of the register's water and heat meters, from the first that is held or the day the register gives, in m³ of water and kWh of heat: its half-hours, each from its
-- best and latest word (actual before estimated, then what was issued last), and what reads, bills and files say of longer times for the half-hours that are
-- not held. `counted` is both, null where nothing is known. `billed` is what bills charge for the day, each spread evenly over its days, whatever else is known.
-- These are quantities of their own: nothing adds them to electricity or gas.
-- grain: meter_point_id, settlement_date
-- check: known_half_hours <= periods
with
held as (
  select meter as meter_point_id, settlement_date, quantity, present, estimated
  from merge_half_hours('intermediate.water_heat_revisions')
),

period_days as (
  select meter_point_id, settlement_date, source, slots, quantity_per_half_hour, is_estimated
  from intermediate.period_days
  where not is_energy(energy) and channel = 'import'
),

bill_lengths as (
  select p.*, p.quantity / (p.last_date - p.first_date + 1) as by_day
  from intermediate.bill_periods p
  where not is_energy(p.energy)
),

billed as (
  select
    b.meter_point_id, d.settlement_date,
    if(
      bool_or(b.kind = 'credit'), sum(b.by_day::decimal(28, 12)),
      arg_max(b.by_day::decimal(28, 12), {'issued_on': first_day(b.issued_on), 'last_date': b.last_date, 'first_date': b.first_date, 'invoice': b.invoice})
    ) as billed
  from bill_lengths b
  join ops.settlement_days d on d.settlement_date between b.first_date and b.last_date
  group by b.meter_point_id, d.settlement_date
  having bool_or(b.kind = 'normal')
),

first_days as (
  select meter_point_id, min(settlement_date) as first_date
  from (
    select meter_point_id, settlement_date from held
    union all
    select meter_point_id, settlement_date from period_days
  )
  group by meter_point_id
),

lives as (
  select
    m.meter_point_id, m.site_id, m.energy,
    if(m.valid_from is null and s.valid_from is null, f.first_date, greatest(first_day(m.valid_from), first_day(s.valid_from))) as from_date,
    least(final_day(m.valid_to), final_day(s.valid_to), getvariable('as_of')) as to_date
  from council.meter_points m
  join council.sites s using (site_id)
  left join first_days f using (meter_point_id)
  where not is_energy(m.energy)
),

days as (
  select
    l.meter_point_id, l.site_id, l.energy, d.settlement_date, d.periods, d.day_kind,
    h.quantity, coalesce(h.present, 0::ubigint) as present, coalesce(h.estimated, 0::ubigint) as estimated,
    p.source, p.quantity_per_half_hour, p.is_estimated,
    bit_count(coalesce(h.present, 0::ubigint))::integer as present_half_hours,
    bit_count(coalesce(p.slots, 0::ubigint) & ~coalesce(h.present, 0::ubigint))::integer as period_half_hours,
    b.billed
  from lives l
  join ops.settlement_days d on d.settlement_date between l.from_date and l.to_date
  left join held h on h.meter_point_id = l.meter_point_id and h.settlement_date = d.settlement_date
  left join period_days p on p.meter_point_id = l.meter_point_id and p.settlement_date = d.settlement_date
  left join billed b on b.meter_point_id = l.meter_point_id and b.settlement_date = d.settlement_date
)

select
  meter_point_id, site_id, energy, settlement_date, periods, day_kind, quantity, present, estimated, present_half_hours,
  bit_count(estimated)::integer as estimated_half_hours,
  case when period_half_hours > 0 then source end as period_source,
  period_half_hours,
  least(present_half_hours + period_half_hours + repeated_without_a_place(day_kind, present), periods)::integer as known_half_hours,
  case when present_half_hours + period_half_hours > 0
    then (coalesce(list_sum(list_transform(range(1, 51), slot -> won(quantity, present, slot))), 0)::decimal(18, 6) + coalesce(quantity_per_half_hour * period_half_hours, 0))::decimal(24, 8)
  end as counted,
  case when present_half_hours + period_half_hours > 0
    then (
      coalesce(list_sum(list_transform(range(1, 51), slot -> won(quantity, estimated, slot))), 0)::decimal(18, 6)
      + if(coalesce(is_estimated, false), coalesce(quantity_per_half_hour * period_half_hours, 0), 0)
    )::decimal(24, 8)
  end as counted_estimated,
  billed::decimal(24, 8) as billed
from days
