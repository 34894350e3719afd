-- What is counted of no site, by day and by who reports it: fuel drawn, charging away from depots, journeys in employees' cars. The words of the inventory
-- (activity, emission source) are given here.
-- Each quantity is cast to one decimal type: a union of two would round to the coarser.
-- grain: provider, emission_source, activity, day
with
fuel_from as (
  select activity, reporting_year, if(count(distinct drawn_from) > 1, 'fuel cards and tanks', any_value(drawn_from)) as activity_data
  from intermediate.fuel_drawn
  group by activity, reporting_year
),

reports as (
  select
    d.activity, case d.activity when 'gas_oil' then 'plant' else 'fleet' end as emission_source, 'l' as unit, d.provider, d.month, d.drawn_at::date as day,
    d.quantity::decimal(24, 9) as quantity, w.activity_data
  from intermediate.fuel_drawn d
  join fuel_from w using (activity, reporting_year)
  where d.activity <> 'not_fuel'
  union all
  select 'electricity', 'fleet charging away from depots', 'kWh', provider, month, charged_on, energy_kwh::decimal(24, 9), 'charging sessions'
  from intermediate.charging
  where is_counted
  union all
  select activity, 'grey fleet', 'km', provider, month, travelled_on, distance_km::decimal(24, 9), 'mileage claims'
  from intermediate.grey_fleet
  where activity <> 'none'
)

select activity, emission_source, unit, provider, month, day, activity_data, sum(quantity) as quantity
from reports
group by all
