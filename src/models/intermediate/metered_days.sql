-- Totals of each meter point's day: one sum over its half-hours, then decimals, so that whatever adds them gets the same answer. Half-hours that are not
-- held take their part of a period known by reads, bills or what files state (period_kwh), and counted_kwh is both; these keep eight decimals, so that a month of them adds up
-- to its bill. kwh is null on a day known by its period alone. Days outside the life of a meter point are not here.
-- grain: meter_point_id, channel, settlement_date
with
half_hourly_days as (
  select
    c.meter_point_id, c.channel, c.settlement_date,
    list_sum(c.kwh)::decimal(18, 4) as kwh,
    (case
      when c.estimated = 0 then 0
      else list_sum(list_transform(range(1, 51), slot -> won(c.kwh, c.estimated, slot)))
    end)::decimal(18, 4) as estimated_kwh,
    c.present,
    bit_count(c.present)::integer as present_half_hours,
    bit_count(c.estimated)::integer as estimated_half_hours,
    repeated_without_a_place(d.day_kind, c.present) as repeated_hour_half_hours
  from intermediate.current_meter_days c
  join intermediate.meter_lives m on m.meter_point_id = c.meter_point_id and c.settlement_date between m.from_date and m.to_date
  join ops.settlement_days d using (settlement_date)
  where c.settlement_date <= getvariable('as_of')
),

known as (
  select
    meter_point_id, channel, settlement_date,
    h.kwh, h.estimated_kwh,
    coalesce(h.present_half_hours, 0) as present_half_hours,
    coalesce(h.estimated_half_hours, 0) as estimated_half_hours,
    coalesce(h.repeated_hour_half_hours, 0) as repeated_hour_half_hours,
    p.source, p.quantity_per_half_hour, p.is_estimated,
    bit_count(coalesce(p.slots, 0::ubigint) & ~coalesce(h.present, 0::ubigint))::integer as period_half_hours
  from half_hourly_days h
  full join (from intermediate.period_days where is_energy(energy)) p using (meter_point_id, channel, settlement_date)
)

select
  k.meter_point_id, m.site_id, m.energy, k.channel, k.settlement_date, d.periods, d.day_kind,
  k.kwh, k.estimated_kwh, k.present_half_hours, k.estimated_half_hours, k.repeated_hour_half_hours,
  case when k.period_half_hours > 0 then k.source end as period_source,
  k.period_half_hours,
  (coalesce(k.quantity_per_half_hour, 0) * k.period_half_hours)::decimal(24, 8) as period_kwh,
  (coalesce(k.kwh, 0) + period_kwh)::decimal(24, 8) as counted_kwh,
  (coalesce(k.estimated_kwh, 0) + if(coalesce(k.is_estimated, false), period_kwh, 0))::decimal(24, 8) as counted_estimated_kwh
from known k
join intermediate.meter_lives m on m.meter_point_id = k.meter_point_id and k.settlement_date between m.from_date and m.to_date
join ops.settlement_days d using (settlement_date)
