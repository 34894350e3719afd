-- Where the energy of each meter point and month is from, best source first, and the half-hours of which nothing is known.
-- grain: meter_point_id, site_id, month, source
-- check: half_hours > 0
with
days as (
  select
    c.meter_point_id, c.site_id, c.energy, date_trunc('month', c.settlement_date)::date as month, c.periods,
    m.kwh, m.estimated_kwh, m.present_half_hours, m.estimated_half_hours, m.period_source, m.period_half_hours, m.period_kwh
  from intermediate.meter_calendar c
  left join intermediate.metered_days m using (meter_point_id, channel, settlement_date)
  where c.channel = 'import'
),

parts as (
  select meter_point_id, site_id, energy, month, 'half-hourly actual' as source, present_half_hours - estimated_half_hours as half_hours,
    (kwh - estimated_kwh)::decimal(24, 8) as kwh
  from days
  union all
  select meter_point_id, site_id, energy, month, 'half-hourly estimated', estimated_half_hours, estimated_kwh::decimal(24, 8)
  from days
  union all
  select meter_point_id, site_id, energy, month, period_source, period_half_hours, period_kwh
  from days
  union all
  select meter_point_id, site_id, energy, month, 'nothing', periods - coalesce(present_half_hours, 0) - coalesce(period_half_hours, 0), null
  from days
)

select
  p.meter_point_id, p.site_id, p.energy, p.month::timestamp_ms as month, coalesce(s.rank, 9)::integer as rank, p.source,
  sum(p.half_hours)::integer as half_hours,
  sum(p.kwh)::decimal(18, 4)::double as kwh
from parts p
left join reference.energy_sources s using (source)
where p.half_hours > 0
group by p.meter_point_id, p.site_id, p.energy, p.month, s.rank, p.source
order by p.meter_point_id, p.month, p.site_id, rank
