-- Emissions by scope, whole years alone.
select
  reporting_year, scope,
  sum(emissions_t_co2e::decimal(18, 6))::double as emissions_t_co2e,
  bool_or(is_provisional) as is_provisional,
  true as is_whole_year
from marts.emissions_by_source
where is_whole_year
group by reporting_year, scope
order by reporting_year, scope
