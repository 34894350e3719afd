-- The inventory by reporting year, emission source and scope, as figures show it; outside of scopes is in no total and not here, nor is a year whose factors
-- are not all published: a part of it would look like a fall.
-- grain: boundary, basis, reporting_year, emission_source, scope
select
  'own operations' as boundary,
  'location' as basis,
  reporting_year, emission_source, scope,
  sum(emissions_t_co2e)::double as emissions_t_co2e,
  bool_or(is_provisional) as is_provisional,
  is_whole_year(reporting_year) as is_whole_year
from intermediate.emissions
anti join (from intermediate.factor_years where not is_published) using (reporting_year)
where scope <> 'outside'
group by reporting_year, emission_source, scope
order by reporting_year, emission_source, scope
