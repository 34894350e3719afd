-- Totals of each meter point's day: one sum over its half-hours, then decimals, so that whatever adds them gets the same answer.
-- grain: meter_point_id, channel, settlement_date
select
  c.meter_point_id, m.site_id, m.energy, c.channel, c.settlement_date, d.periods, d.day_kind,
  list_sum(c.kwh)::decimal(18, 4) as kwh,
  (case
    when c.estimated = 0 then 0
    else list_sum(list_transform(range(1, 51), slot -> won(c.kwh, c.estimated, slot)))
  end)::decimal(18, 4) as estimated_kwh,
  array_inner_product(c.kwh, h.is_closed)::decimal(18, 4) as closed_kwh,
  bit_count(c.present)::integer as present_half_hours,
  bit_count(c.estimated)::integer as estimated_half_hours,
  (case when d.day_kind = 'autumn' and c.present & 12 = 12 then 2 - bit_count(c.present & 48) else 0 end)::integer as repeated_hour_half_hours
from intermediate.current_meter_days c
join council.meter_points m using (meter_point_id)
join ops.settlement_days d using (settlement_date)
left join intermediate.closed_half_hours h on h.site_id = m.site_id and h.weekday = isodow(c.settlement_date) and h.day_kind = d.day_kind
where c.settlement_date <= getvariable('as_of')
