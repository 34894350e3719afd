-- Activity data of the council's own buildings from the base year on: what each site used of each energy in each month, under the factor set of its
-- reporting year.
-- The factor year is the majority's: an April–March year takes the set of the calendar year that holds most of it.
-- grain: site_id, activity, month
select
  site_id, site_name,
  case energy when 'gas' then 'natural_gas' else energy end as activity,
  case energy when 'gas' then 'building gas' else 'building electricity' end as emission_source,
  'kWh' as unit,
  date_trunc('month', settlement_date)::date as month,
  (year(month) - (month(month) < 4)::integer)::integer as reporting_year,
  reporting_year as factor_set,
  sum(consumption_kwh) as quantity,
  sum(estimated_kwh) as estimated_quantity
from intermediate.site_days
where year(settlement_date) - (month(settlement_date) < 4)::integer >= getvariable('base_year')
group by site_id, site_name, activity, emission_source, unit, date_trunc('month', settlement_date)
