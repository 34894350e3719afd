-- The inventory by month, as far as activity is known by month. Months carry their reporting year's factor sets and are not to be added into calendar years.
-- grain: boundary, reporting_year, month, site_id, scope, basis, line, emission_source, activity, factor_set
-- check: (scope is null) = (line = 'factors not yet published')
-- check: (scope is null or scope = 'outside') = (emissions_t_co2e is null)
-- check: emissions_t_co2e is null or emissions_t_co2 is null or abs(emissions_t_co2) <= abs(emissions_t_co2e) + 0.000001
select
  'own operations' as boundary,
  reporting_year,
  month::timestamp_ms as month,
  site_id, site_name, site_kind, scope,
  'location' as basis,
  lifecycle_stage, line, emission_source, activity,
  quantity::double as quantity,
  unit,
  emissions_t_co2e::double as emissions_t_co2e,
  emissions_t_co2::double as emissions_t_co2,
  emissions_ch4_t_co2e::double as emissions_ch4_t_co2e,
  emissions_n2o_t_co2e::double as emissions_n2o_t_co2e,
  factor_set, gwp_basis, is_provisional,
  estimated_quantity::double as estimated_quantity,
  activity_data
from intermediate.emissions
where intermediate.emissions.month is not null
order by reporting_year, intermediate.emissions.month, site_id, emission_source, activity, scope, line, factor_set
