-- Whether a reporting year is whole: over, read as far as a year must be, with no source of it at zero and none of which nobody knows what to expect. This is the
-- only place that decides it.
-- grain: reporting_year
select
  reporting_year,
  has_ended(reporting_year) as has_ended,
  sum(expected_t_co2e) as expected_t_co2e,
  sum(held_t_co2e) as held_t_co2e,
  sum(expected_t_co2e) - sum(held_t_co2e) as missing_t_co2e,
  (sum(held_t_co2e) / nullif(sum(expected_t_co2e), 0))::double as held_share,
  sum(unknowns)::integer as unknowns,
  string_agg(emission_source, ', ' order by emission_source) filter (is_at_zero) as sources_at_zero,
  has_ended(reporting_year) and sum(unknowns) = 0 and not bool_or(is_at_zero)
    and coalesce(sum(held_t_co2e) >= threshold('whole_year') * nullif(sum(expected_t_co2e), 0), false) as is_whole
from intermediate.source_completeness
group by reporting_year
