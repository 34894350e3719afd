-- Emissions by scope of the years that are over. A year that is not whole is at least so much.
select
  reporting_year, scope,
  sum(emissions_t_co2e::decimal(18, 6))::double as emissions_t_co2e,
  bool_or(is_provisional) as is_provisional,
  bool_and(is_whole_year) as is_whole_year
from marts.emissions_by_source
where has_ended
group by reporting_year, scope
order by reporting_year, scope
