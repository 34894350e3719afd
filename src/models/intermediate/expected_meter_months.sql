-- What each meter is expected to hold in each month, kWh, and from what that is taken, best first: the same month of its own nearest whole year (or of twelve
-- months in a row, where it has no whole year); its part of the nearest annual return of its source; a typical building of its kind and floor area; nothing.
-- grain: meter_point_id, site_id, month
-- check: (expected_kwh is null) = (basis = 'nothing')
with
meters as (
  select m.*, s.kind as site_kind, s.floor_area_m2, activity_of(m.energy) as activity, source_of(s.kind, m.energy) as emission_source
  from intermediate.meter_months m
  join council.sites s using (site_id)
),

whole_years as (
  select meter_point_id, site_id, reporting_year
  from meters
  where has_ended(reporting_year)
  group by all
  having sum(held_half_hours) >= threshold('whole_meter_year') * sum(expected_half_hours)
),

held_months as (
  select *, date_diff('month', date '1990-01-01', month) - row_number() over (partition by meter_point_id, site_id order by month) as run
  from meters
  where held_half_hours >= threshold('whole_meter_year') * expected_half_hours
),

models as (
  select m.meter_point_id, m.site_id, m.month, 'own year' as basis, coalesce(m.kwh, 0) / m.held_half_hours as kwh_per_half_hour
  from meters m
  semi join whole_years using (meter_point_id, site_id, reporting_year)
  where m.held_half_hours > 0
  union all
  select meter_point_id, site_id, month, 'own twelve months', kwh / held_half_hours
  from held_months
  anti join whole_years using (meter_point_id, site_id)
  qualify count(*) over (partition by meter_point_id, site_id, run) >= 12
),

own as (
  select
    m.meter_point_id, m.site_id, m.month,
    arg_min(w.basis, {'years': abs(year(w.month) - year(m.month)), 'month': w.month}) as basis,
    m.expected_half_hours * arg_min(w.kwh_per_half_hour, {'years': abs(year(w.month) - year(m.month)), 'month': w.month}) as kwh
  from meters m
  join models w on w.meter_point_id = m.meter_point_id and w.site_id = m.site_id and month(w.month) = month(m.month)
  group by m.meter_point_id, m.site_id, m.month, m.expected_half_hours
),

typical_years as (
  select
    m.meter_point_id, m.site_id, m.reporting_year, m.emission_source, m.activity,
    any_value(m.floor_area_m2) * any_value(case m.energy when 'electricity' then b.electricity_kwh_per_m2 else b.fossil_thermal_kwh_per_m2 end)
      / count(*) over (partition by m.site_id, m.energy, m.reporting_year) as kwh
  from meters m
  left join intermediate.benchmarks b using (site_kind)
  group by m.meter_point_id, m.site_id, m.energy, m.reporting_year, m.emission_source, m.activity
),

nearest_returns as (
  select
    y.reporting_year, r.emission_source, r.activity,
    arg_min(r.quantity, {'years': abs(r.reporting_year - y.reporting_year), 'is_comparison': r.used_for = 'comparison', 'year': r.reporting_year}) as kwh
  from (select distinct reporting_year from meters) y
  cross join council.annual_returns r
  where r.unit = 'kWh'
  group by all
),

returned_years as (
  select
    t.*,
    r.kwh * case when count(t.kwh) over source = count(*) over source then t.kwh / nullif(sum(t.kwh::decimal(18, 4)) over source, 0) else 1 / count(*) over source end as part_kwh
  from typical_years t
  left join nearest_returns r using (reporting_year, emission_source, activity)
  window source as (partition by t.reporting_year, t.emission_source, t.activity)
),

month_lengths as (
  select date_trunc('month', settlement_date)::date as month, sum(periods) as half_hours
  from ops.settlement_days
  group by all
)

select
  m.meter_point_id, m.site_id, m.energy, m.emission_source, m.activity, m.month, m.reporting_year, m.expected_half_hours, m.held_half_hours, m.kwh,
  coalesce(o.kwh, coalesce(y.part_kwh, y.kwh) * k.share * m.expected_half_hours / l.half_hours)::double as expected_kwh,
  case
    when o.kwh is not null then o.basis
    when y.part_kwh is not null then 'annual return'
    when y.kwh is not null then 'typical building'
    else 'nothing'
  end as basis
from meters m
left join own o using (meter_point_id, site_id, month)
join returned_years y using (meter_point_id, site_id, reporting_year)
left join intermediate.kind_shapes k on k.site_kind = m.site_kind and k.energy = m.energy and k.calendar_month = month(m.month)
join month_lengths l using (month)
