-- Energy of each site by calendar month, with every half-hour its meters should hold, read or not.
-- grain: site_id, energy, month
-- check: estimated_half_hours <= present_half_hours
with
monthly_sums as (
  select
    site_id, energy, date_trunc('month', settlement_date)::date as month,
    sum(consumption_kwh) as consumption_kwh,
    sum(estimated_kwh) as estimated_kwh,
    sum(present_half_hours)::integer as present_half_hours,
    sum(estimated_half_hours)::integer as estimated_half_hours
  from intermediate.site_days
  group by all
),

uses as (
  select
    site_id, energy, date_trunc('month', settlement_date)::date as month,
    most_days(quantity) as quantity,
    sum(half_hourly_kwh) filter (quantity = 'use') as half_hourly_use_kwh,
    sum(closed_kwh) filter (quantity = 'use') as closed_use_kwh,
    sum(half_hourly_kwh) filter (quantity = 'import') as half_hourly_import_kwh,
    sum(closed_kwh) filter (quantity = 'import') as closed_import_kwh
  from intermediate.site_use_days
  group by all
),

exported as (
  select site_id, energy, date_trunc('month', settlement_date)::date as month, sum(export_kwh) as export_kwh
  from intermediate.site_exports
  group by all
),

expected as (
  select site_id, energy, date_trunc('month', settlement_date)::date as month, sum(periods)::integer as expected_half_hours
  from intermediate.meter_calendar
  anti join intermediate.beside_totals using (meter_point_id, settlement_date)
  where channel = 'import'
  group by all
)

select
  site_id, s.site_name, energy,
  month::timestamp_ms as month,
  reporting_year_of(month) as reporting_year,
  h.consumption_kwh::decimal(18, 4)::double as consumption_kwh,
  x.export_kwh::double as export_kwh,
  coalesce(h.estimated_kwh, 0)::decimal(18, 4)::double as estimated_kwh,
  u.quantity,
  if(u.quantity = 'use', u.half_hourly_use_kwh, u.half_hourly_import_kwh)::double as half_hourly_kwh,
  if(u.quantity = 'use', u.closed_use_kwh, u.closed_import_kwh)::double as closed_kwh,
  coalesce(e.expected_half_hours, 0)::integer as expected_half_hours,
  coalesce(h.present_half_hours, 0)::integer as present_half_hours,
  coalesce(h.estimated_half_hours, 0)::integer as estimated_half_hours
from monthly_sums h
full join exported x using (site_id, energy, month)
join council.sites s using (site_id)
left join expected e using (site_id, energy, month)
left join uses u using (site_id, energy, month)
order by all
