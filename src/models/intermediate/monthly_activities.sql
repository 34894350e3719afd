-- What is read by month: energy of each site, fuel, charging and journeys in employees' cars.
-- Each sum is cast to one decimal type: a union of two would round to the coarser.
-- grain: site_id, activity, emission_source, reporting_year, month
with
metered as (
  select
    d.site_id, d.site_name, s.kind as site_kind,
    activity_of(d.energy) as activity,
    source_of(s.kind, d.energy) as emission_source,
    'kWh' as unit,
    date_trunc('month', d.settlement_date)::date as month,
    sum(d.consumption_kwh)::decimal(18, 4) as quantity,
    sum(d.estimated_kwh)::decimal(18, 4) as estimated_quantity,
    if(sum(d.period_half_hours) = 0, 'half-hourly reads', 'meter reads and bills') as activity_data
  from intermediate.site_days d
  join council.sites s using (site_id)
  group by all
),

of_no_site as (
  select
    null::varchar as site_id, null::varchar as site_name, null::varchar as site_kind,
    activity, emission_source, unit, month, sum(quantity)::decimal(18, 4) as quantity, 0::decimal(18, 4) as estimated_quantity, activity_data
  from intermediate.fleet_activities
  group by activity, emission_source, unit, month, activity_data
)

select reporting_year_of(month) as reporting_year, *
from (select * from metered union all select * from of_no_site)
