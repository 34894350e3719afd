-- What is read by month: energy of each site, fuel, charging and journeys in employees' cars. The words of the inventory (activity, emission source) are
-- given here and nowhere else.
-- quantity_so_far leaves out the days of the as-of date's month that are later in it, so that a year to date is set against as many days.
-- Each sum is cast to one decimal type: a union of two would round to the coarser.
-- grain: site_id, activity, emission_source, reporting_year, month
with
metered as (
  select
    d.site_id, d.site_name, s.kind as site_kind,
    case d.energy when 'gas' then 'natural_gas' else d.energy end as activity,
    case when s.kind = 'street-lighting' then 'street lighting' else 'building ' || d.energy end as emission_source,
    'kWh' as unit,
    date_trunc('month', d.settlement_date)::date as month,
    sum(d.consumption_kwh)::decimal(18, 4) as quantity,
    (sum(d.consumption_kwh) filter (is_so_far(d.settlement_date)))::decimal(18, 4) as quantity_so_far,
    sum(d.estimated_kwh)::decimal(18, 4) as estimated_quantity,
    if(sum(d.period_half_hours) = 0, 'half-hourly reads', 'meter reads and bills') as activity_data
  from intermediate.site_days d
  join council.sites s using (site_id)
  group by all
),

fuel_from as (
  select activity, reporting_year, if(count(distinct drawn_from) > 1, 'fuel cards and tanks', any_value(drawn_from)) as activity_data
  from intermediate.fuel_drawn
  group by activity, reporting_year
),

fleet as (
  select
    d.activity,
    case d.activity when 'gas_oil' then 'plant' else 'fleet' end as emission_source,
    'l' as unit, d.month, d.drawn_at::date as day, d.quantity::decimal(24, 9) as quantity, w.activity_data
  from intermediate.fuel_drawn d
  join fuel_from w using (activity, reporting_year)
  where d.activity <> 'not_fuel'
  union all
  select 'electricity', 'fleet charging away from depots', 'kWh', month, charged_on, energy_kwh::decimal(24, 9), 'charging sessions'
  from intermediate.charging
  where is_counted
  union all
  select activity, 'grey fleet', 'km', month, travelled_on, distance_km::decimal(24, 9), 'mileage claims'
  from intermediate.grey_fleet
  where activity <> 'none'
),

of_no_site as (
  select
    null::varchar as site_id, null::varchar as site_name, null::varchar as site_kind,
    activity, emission_source, unit, month, sum(quantity)::decimal(18, 4) as quantity,
    (sum(quantity) filter (is_so_far(day)))::decimal(18, 4) as quantity_so_far, 0::decimal(18, 4) as estimated_quantity, activity_data
  from fleet
  group by activity, emission_source, unit, month, activity_data
)

select reporting_year_of(month) as reporting_year, *
from (select * from metered union all select * from of_no_site)
