-- What each council of the lake came to in each reporting year that it has a figure of, scopes 1 and 2, location-based.
-- grain: reporting_year, council
with ended as (select reporting_year, bool_or(has_ended) as has_ended from lake.reporting_years group by reporting_year)
select
  e.council, e.council_name, e.is_illustrative,
  y.reporting_year, coalesce(n.has_ended, false) as has_ended,
  y.scope_1_and_2_t_co2e as t_co2e, coalesce(y.is_whole_year, false) as is_whole_year, y.held_share, coalesce(y.is_provisional, true) as is_provisional
from lake.reporting_years y
join lake.entries e using (council)
join ended n using (reporting_year)
where y.scope_1_and_2_t_co2e is not null
order by y.reporting_year, e.council_name, e.council
