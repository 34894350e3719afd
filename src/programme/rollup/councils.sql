-- Each council of the lake by its newest edition, with its last year that is over: what it came to, and whether it is whole.
-- grain: council
select
  e.council, e.council_name, e.folder, e.edition, e.as_of::varchar as as_of, e.status, e.is_illustrative, e.has_pages, e.canopy_version, e.is_other_schema,
  y.reporting_year, y.scope_1_and_2_t_co2e as t_co2e, y.is_whole_year, y.held_share
from lake.entries e
left join (
  select *
  from lake.reporting_years
  where has_ended and scope_1_and_2_t_co2e is not null
  qualify row_number() over (partition by council order by reporting_year desc) = 1
) y using (council)
order by e.council_name, e.council
