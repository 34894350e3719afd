-- Each source and scope of a reporting year, of all councils together: what those with a whole year come to, and what the others come to at the least.
-- grain: reporting_year, emission_source, scope
select
  s.reporting_year, s.emission_source, s.scope, bool_and(s.has_ended) as has_ended,
  count(distinct s.council) filter (s.is_whole_year)::integer as whole_councils,
  (sum(s.emissions_t_co2e::decimal(24, 6)) filter (s.is_whole_year))::double as whole_t_co2e,
  count(distinct s.council) filter (not s.is_whole_year)::integer as part_councils,
  (sum(s.emissions_t_co2e::decimal(24, 6)) filter (not s.is_whole_year))::double as part_at_least_t_co2e,
  bool_or(s.is_provisional) as is_provisional
from lake.emissions_by_source s
group by s.reporting_year, s.emission_source, s.scope
order by s.reporting_year, s.emission_source, s.scope
