-- The inventory by month: each site's emissions by source, scope and line. Months carry their reporting year's factor set and are not to be added into calendar years.
-- grain: boundary, reporting_year, month, site_id, scope, basis, line, emission_source
-- check: (scope = 'outside') = (emissions_t_co2e is null)
-- check: emissions_t_co2e is null or emissions_t_co2 is null or emissions_t_co2 <= emissions_t_co2e + 0.000001
select
  'own operations' as boundary,
  reporting_year,
  month::timestamp_ms as month,
  site_id,
  site_name,
  scope,
  'location' as basis,
  lifecycle_stage,
  line,
  emission_source,
  activity,
  sum(quantity)::double as quantity,
  unit,
  sum(emissions_t_co2e)::double as emissions_t_co2e,
  sum(emissions_t_co2)::double as emissions_t_co2,
  sum(emissions_ch4_t_co2e)::double as emissions_ch4_t_co2e,
  sum(emissions_n2o_t_co2e)::double as emissions_n2o_t_co2e,
  factor_set,
  gwp_basis,
  is_provisional,
  sum(estimated_quantity)::double as estimated_quantity
from intermediate.emissions
group by reporting_year, month, site_id, site_name, scope, lifecycle_stage, line, emission_source, activity, unit, factor_set, gwp_basis, is_provisional
order by reporting_year, intermediate.emissions.month, site_id, emission_source, scope, line
