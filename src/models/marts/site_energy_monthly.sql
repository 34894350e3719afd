-- Energy of each site by calendar month, with every half-hour its meters should hold, read or not.
-- grain: site_id, energy, month
-- check: estimated_half_hours <= present_half_hours
with
monthly_sums as (
  select
    site_id, site_name, energy, date_trunc('month', settlement_date)::date as month,
    sum(consumption_kwh) as consumption_kwh,
    sum(export_kwh) as export_kwh,
    sum(estimated_kwh) as estimated_kwh,
    sum(closed_kwh) as closed_kwh,
    sum(present_half_hours)::integer as present_half_hours,
    sum(estimated_half_hours)::integer as estimated_half_hours
  from intermediate.site_days
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
  h.site_id, h.site_name, h.energy,
  h.month::timestamp_ms as month,
  reporting_year_of(h.month) as reporting_year,
  h.consumption_kwh::decimal(18, 4)::double as consumption_kwh,
  h.export_kwh::double as export_kwh,
  h.estimated_kwh::decimal(18, 4)::double as estimated_kwh,
  h.closed_kwh::double as closed_kwh,
  coalesce(e.expected_half_hours, 0)::integer as expected_half_hours,
  h.present_half_hours, h.estimated_half_hours
from monthly_sums h
left join expected e using (site_id, energy, month)
order by h.site_id, h.energy, h.month
