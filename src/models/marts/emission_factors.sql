-- The factors that the inventory may use, each with where it was published.
-- grain: factor_set, activity, unit, line
-- check: (scope = 'outside') = (kg_co2e_per_unit is null)
select
  factor_set, activity, unit, scope, lifecycle_stage, line,
  kg_co2e_per_unit, kg_co2_per_unit, kg_ch4_co2e_per_unit, kg_n2o_co2e_per_unit,
  gwp_basis, confirmation, stand_in, source
from reference.emission_factors
order by factor_set, activity, unit, line
