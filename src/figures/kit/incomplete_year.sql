-- The newest year that is over, where it is not whole: what it is at least, and the source of which the most is missing.
with newest as (
  select reporting_year, scope_1_and_2_t_co2e as at_least_t_co2e, is_whole_year
  from marts.reporting_years
  where has_ended and scope_1_and_2_t_co2e is not null
  order by reporting_year desc
  limit 1
)

select
  n.reporting_year, n.at_least_t_co2e, s.emission_source as missing_source,
  coalesce(s.is_at_zero, false) as is_source_at_zero
from newest n
left join marts.source_completeness s on s.reporting_year = n.reporting_year and not s.is_whole
where not n.is_whole_year
order by s.unknowns > 0 desc, s.expected_t_co2e - s.held_t_co2e desc nulls last, s.emission_source
limit 1
