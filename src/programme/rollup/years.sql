-- Each reporting year of all councils together, scopes 1 and 2, location-based. Of a council whose year is not whole what is held is at least so much, and stands
-- beside the total of those that are whole; a council without a figure is counted and adds nothing.
-- grain: reporting_year
with councils as (select count(*)::integer as councils from lake.entries)
select
  y.reporting_year, bool_and(y.has_ended) as has_ended,
  c.councils,
  count(*) filter (y.is_whole_year)::integer as whole_councils,
  (sum(y.scope_1_and_2_t_co2e::decimal(24, 6)) filter (y.is_whole_year))::double as whole_t_co2e,
  count(*) filter (not y.is_whole_year and y.scope_1_and_2_t_co2e is not null)::integer as part_councils,
  (sum(y.scope_1_and_2_t_co2e::decimal(24, 6)) filter (not y.is_whole_year))::double as part_at_least_t_co2e,
  c.councils - count(y.scope_1_and_2_t_co2e)::integer as councils_without,
  case when count(y.expected_t_co2e) = c.councils
    then (sum(y.held_t_co2e::decimal(24, 6)) / nullif(sum(y.expected_t_co2e::decimal(24, 6)), 0))::double end as held_share,
  bool_or(y.is_provisional) as is_provisional
from lake.reporting_years y
cross join councils c
group by y.reporting_year, c.councils
order by y.reporting_year
