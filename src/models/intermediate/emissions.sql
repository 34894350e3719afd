-- Each activity times each line of its factor: location-based, every gas apart, outside of scopes with carbon dioxide alone. Never a neighbour's year:
-- an activity whose set has no factor breaks the check, which names it.
-- grain: site_id, emission_source, month, scope, line
-- check: line is not null
select
  a.site_id, a.site_name, a.emission_source, a.activity, a.unit, a.month, a.reporting_year, a.quantity, a.estimated_quantity,
  f.scope, f.lifecycle_stage, f.line, a.factor_set, f.gwp_basis, f.source as factor_source,
  coalesce(f.confirmation = 'provisional' or f.stand_in is not null, false) as is_provisional,
  (a.quantity * f.kg_co2e_per_unit / 1000)::decimal(18, 6) as emissions_t_co2e,
  (a.quantity * f.kg_co2_per_unit / 1000)::decimal(18, 6) as emissions_t_co2,
  (a.quantity * f.kg_ch4_co2e_per_unit / 1000)::decimal(18, 6) as emissions_ch4_t_co2e,
  (a.quantity * f.kg_n2o_co2e_per_unit / 1000)::decimal(18, 6) as emissions_n2o_t_co2e
from intermediate.activities a
left join reference.emission_factors f using (activity, unit, factor_set)
