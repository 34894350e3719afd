-- Each council of the lake by its newest edition, with the last year that is over and of which it has a figure: what it came to, and whether it is whole.
-- grain: council
with ended as (
  select reporting_year
  from lake.reporting_years
  group by reporting_year
  having bool_or(has_ended)
)

select
  e.council, e.council_name, e.folder, e.edition, e.as_of::varchar as as_of, e.status, e.is_illustrative, e.has_pages, e.canopy_version, e.is_other_schema,
  y.reporting_year, y.t_co2e, y.is_whole_year, y.held_share
from lake.entries e
left join (
  select council, reporting_year, scope_1_and_2_t_co2e as t_co2e, coalesce(is_whole_year, false) as is_whole_year, held_share
  from lake.reporting_years
  join ended using (reporting_year)
  where scope_1_and_2_t_co2e is not null
  qualify row_number() over (partition by council order by reporting_year desc) = 1
) y using (council)
order by e.council_name, e.council
