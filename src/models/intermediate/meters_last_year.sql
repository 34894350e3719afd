-- What is known of the last 365 days of each meter of electricity, gas and heat, kWh: by it the meter of a site that uses most is told.
-- grain: meter_point_id, site_id, energy
select meter_point_id, site_id, energy, sum(counted_kwh) as kwh
from (
  select meter_point_id, site_id, energy, settlement_date, counted_kwh from intermediate.metered_days where channel = 'import'
  union all
  select meter_point_id, site_id, energy, settlement_date, counted from intermediate.water_heat_days where energy = 'heat'
)
where settlement_date > getvariable('as_of') - 365
group by meter_point_id, site_id, energy
