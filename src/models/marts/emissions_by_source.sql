-- The inventory by reporting year, emission source and scope, as figures show it; outside of scopes is in no total and not here, nor is a year whose factors
-- are not all published: a part of it would look like a fall.
-- grain: boundary, basis, reporting_year, emission_source, scope
select
  'own operations' as boundary,
  'location' as basis,
  reporting_year, emission_source, scope,
  sum(emissions_t_co2e)::double as emissions_t_co2e,
  bool_or(is_provisional) as is_provisional,
  coalesce(y.has_ended, false) as has_ended,
  coalesce(y.is_whole, false) as is_whole_year
from intermediate.emissions
left join intermediate.year_completeness y using (reporting_year)
anti join (from intermediate.factor_years where not is_published) using (reporting_year)
where scope <> 'outside'
group by reporting_year, emission_source, scope, y.has_ended, y.is_whole
order by reporting_year, emission_source, scope
