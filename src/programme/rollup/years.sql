-- Each reporting year of all councils together, scopes 1 and 2, location-based. Of a council whose year is not whole what is held is at least so much, and stands
-- beside the total of those that are whole; a council without a figure is counted and adds nothing.
-- grain: reporting_year
with
all_councils as (select count(*)::integer as councils from lake.councils),

council_years as (
  select
    reporting_year, has_ended, coalesce(is_whole_year, false) and scope_1_and_2_t_co2e is not null as is_whole,
    scope_1_and_2_t_co2e::decimal(24, 6) as t_co2e, expected_t_co2e::decimal(24, 6) as expected_t_co2e, held_t_co2e::decimal(24, 6) as held_t_co2e,
    is_provisional
  from lake.reporting_years
)

select
  y.reporting_year, coalesce(bool_or(y.has_ended), false) as has_ended,
  c.councils,
  count(*) filter (y.is_whole)::integer as whole_councils,
  (sum(y.t_co2e) filter (y.is_whole))::double as whole_t_co2e,
  count(y.t_co2e) filter (not y.is_whole)::integer as part_councils,
  (sum(y.t_co2e) filter (not y.is_whole))::double as part_at_least_t_co2e,
  c.councils - count(y.t_co2e)::integer as councils_without,
  sum(y.t_co2e)::double as together_t_co2e,
  count(*) filter (y.is_whole) = c.councils as is_total,
  case when count(y.expected_t_co2e) = c.councils
    then (sum(y.held_t_co2e) / nullif(sum(y.expected_t_co2e), 0))::double end as held_share,
  coalesce(bool_or(y.is_provisional), true) as is_provisional
from council_years y
cross join all_councils c
group by y.reporting_year, c.councils
order by y.reporting_year
