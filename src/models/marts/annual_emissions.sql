-- The inventory by reporting year: emissions by site, source, scope and line, annual returns among them. Where months rest on half-hours and on bills, the
-- year says bills.
-- grain: boundary, reporting_year, site_id, scope, basis, line, emission_source, activity, factor_set
-- check: (scope is null) = (line = 'factors not yet published')
-- check: (scope is null or scope = 'outside') = (emissions_t_co2e is null)
-- check: emissions_t_co2e is null or emissions_t_co2 is null or abs(emissions_t_co2) <= abs(emissions_t_co2e) + 0.000001
select
  'own operations' as boundary,
  reporting_year,
  site_id, site_name, site_kind, scope,
  'location' as basis,
  lifecycle_stage, line, emission_source, activity,
  sum(quantity)::double as quantity,
  unit,
  sum(emissions_t_co2e)::double as emissions_t_co2e,
  sum(emissions_t_co2)::double as emissions_t_co2,
  sum(emissions_ch4_t_co2e)::double as emissions_ch4_t_co2e,
  sum(emissions_n2o_t_co2e)::double as emissions_n2o_t_co2e,
  factor_set, gwp_basis, is_provisional,
  sum(estimated_quantity)::double as estimated_quantity,
  max(activity_data) as activity_data,
  nullif(count(distinct month), 0)::integer as months,
  coalesce(y.is_whole, false) as is_whole_year
from intermediate.emissions
left join intermediate.year_completeness y using (reporting_year)
group by
  reporting_year, site_id, site_name, site_kind, scope, lifecycle_stage, line, emission_source, activity, unit, factor_set, gwp_basis, is_provisional, y.is_whole
order by reporting_year, site_id, emission_source, activity, scope, line, factor_set
