-- Where the council's registers and the lists that others keep disagree, one row a finding, and about how many tonnes a year it is of: supplier-portfolio.csv, bills,
-- property-register.csv, fleet-list.csv. A list that is not given is not compared. The tonnes are scopes 1 and 2 at the factors of the last year the finding falls in,
-- an estimate for the order of work and in no total; null where nothing can tell.
-- grain: kind, name
-- check: (estimated_quantity is null) = (estimated_from is null)
-- check: estimated_t_co2e is null or estimated_quantity is not null
with
parts as (
  select
    kind, missing_from, list, name, site_id, site_name, energy, from_date, to_date, detail, 'kWh' as unit, activity_of(energy) as activity,
    kwh_a_year as quantity, estimated_from
  from intermediate.supply_findings
  union all
  select
    'owned but without energy', 'register', 'property-register.csv', property_id, site_id, coalesce(site_name, property_name), null,
    first_day(valid_from), final_day(valid_to), null, 'kWh', activity_of(energy), kwh_a_year, estimated_from
  from intermediate.properties_without_energy
  union all
  select
    kind, missing_from, 'fleet-list.csv', name, null, null, fuel, from_date, to_date, detail, 'l', fuel, litres_a_year, estimated_from
  from intermediate.fleet_findings
),

weighed as (
  select p.*, p.quantity * f.kg_co2e_per_unit / 1000 as t_co2e
  from parts p
  left join intermediate.yearly_factors f
    on f.reporting_year = reporting_year_of(least(p.to_date, getvariable('as_of'))) and f.activity = p.activity and f.unit = p.unit
)

select
  kind, missing_from, list, name, site_id, site_name, energy,
  nullif(from_date, first_day(null))::timestamp_ms as from_date,
  nullif(to_date, final_day(null))::timestamp_ms as to_date,
  if(count(quantity) = count(*), sum(quantity::decimal(24, 6)), null)::double as estimated_quantity,
  if(estimated_quantity is null, null, unit) as unit,
  if(count(t_co2e) = count(*), sum(t_co2e::decimal(24, 9)), null)::double as estimated_t_co2e,
  if(estimated_quantity is null, null, max(estimated_from)) as estimated_from,
  detail
from weighed
group by kind, missing_from, list, name, site_id, site_name, energy, from_date, to_date, detail, unit
order by estimated_t_co2e desc nulls last, kind, name
