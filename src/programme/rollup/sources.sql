-- Each source and scope of a reporting year, of all councils together: what those with a whole year come to, and what the others come to at the least.
-- grain: reporting_year, emission_source, scope
with
ended as (
  select reporting_year, bool_or(has_ended) as has_ended
  from lake.reporting_years
  group by reporting_year
),

council_sources as (
  select
    reporting_year, emission_source, scope, council, coalesce(is_whole_year, false) as is_whole, emissions_t_co2e::decimal(24, 6) as t_co2e,
    is_provisional
  from lake.emissions_by_source
  where scope in ('1', '2', '3') and emission_source is not null
)

select
  s.reporting_year, s.emission_source, s.scope, coalesce(any_value(n.has_ended), false) as has_ended,
  count(distinct s.council) filter (s.is_whole)::integer as whole_councils,
  (sum(s.t_co2e) filter (s.is_whole))::double as whole_t_co2e,
  count(distinct s.council) filter (not s.is_whole)::integer as part_councils,
  (sum(s.t_co2e) filter (not s.is_whole))::double as part_at_least_t_co2e,
  coalesce(bool_or(s.is_provisional), true) as is_provisional
from council_sources s
left join ended n using (reporting_year)
group by s.reporting_year, s.emission_source, s.scope
order by s.reporting_year, s.scope, s.emission_source
