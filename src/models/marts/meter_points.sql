-- The register, with the first and last day on which each meter point was read.
-- grain: meter_point_id, site_id, valid_from
with read_days as (
  select meter_point_id, settlement_date
  from intermediate.metered_days
  where kwh is not null
  union all
  select meter_point_id, settlement_date
  from intermediate.water_heat_days
  where present_half_hours > 0 or period_source = 'read pair'
)

select
  m.meter_point_id, m.site_id, s.site_name, m.energy,
  m.valid_from::timestamp_ms as valid_from,
  m.valid_to::timestamp_ms as valid_to,
  min(d.settlement_date)::timestamp_ms as first_read_date,
  max(d.settlement_date)::timestamp_ms as last_read_date,
  date_diff('day', max(d.settlement_date), least(coalesce(m.valid_to, getvariable('as_of')), getvariable('as_of')))::integer as quiet_days
from council.meter_points m
join council.sites s using (site_id)
left join read_days d
  on d.meter_point_id = m.meter_point_id and holds_on(d.settlement_date, m.valid_from, m.valid_to)
group by m.meter_point_id, m.site_id, s.site_name, m.energy, m.valid_from, m.valid_to
order by m.meter_point_id, m.valid_from nulls first
