-- Totals of each site and energy on each day of which some import is held, with the half-hours that its meters should and do hold. The meter of a
-- generation asset counts for generation alone, whatever a file calls its channel.
-- grain: site_id, energy, settlement_date
with
expected as (
  select site_id, energy, settlement_date, sum(periods)::integer as expected_half_hours
  from intermediate.meter_calendar d
  anti join intermediate.beside_totals using (meter_point_id, settlement_date)
  where channel = 'import'
  group by site_id, energy, settlement_date
),

site_sums as (
  select
    site_id, energy, settlement_date,
    sum(counted_kwh) filter (channel = 'import') as consumption_kwh,
    sum(counted_estimated_kwh) filter (channel = 'import') as estimated_kwh,
    sum(period_kwh) filter (channel = 'import') as period_kwh,
    sum(period_half_hours) filter (channel = 'import')::integer as period_half_hours,
    sum(present_half_hours) filter (channel = 'import')::integer as present_half_hours,
    sum(estimated_half_hours) filter (channel = 'import')::integer as estimated_half_hours
  from intermediate.metered_days d
  anti join council.generation_assets on generation_meter_id = meter_point_id
  anti join intermediate.beside_totals using (meter_point_id, settlement_date)
  group by site_id, energy, settlement_date
  having count(*) filter (channel = 'import') > 0
)

select
  h.site_id, s.site_name, h.energy, h.settlement_date,
  coalesce(h.consumption_kwh, 0) as consumption_kwh,
  coalesce(h.estimated_kwh, 0) as estimated_kwh,
  coalesce(h.period_kwh, 0) as period_kwh,
  coalesce(h.period_half_hours, 0) as period_half_hours,
  coalesce(e.expected_half_hours, 0) as expected_half_hours,
  coalesce(h.present_half_hours, 0) as present_half_hours,
  coalesce(h.estimated_half_hours, 0) as estimated_half_hours
from site_sums h
join council.sites s using (site_id)
left join expected e using (site_id, energy, settlement_date)
