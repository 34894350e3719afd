-- How complete each source is in each reporting year, in expected tonnes. Whole: enough is held of it, and what is expected of every part of it is known.
-- grain: reporting_year, emission_source
with sums as (
  select
    reporting_year, emission_source,
    coalesce(sum(expected_t_co2e), 0) as expected_t_co2e,
    coalesce(sum(held_t_co2e), 0) as held_t_co2e,
    count(*) filter (expected_t_co2e is null and held_share < 1) as unknowns,
    bool_or(kind = 'annual return' and held_share = 1) as is_returned
  from intermediate.completeness
  group by reporting_year, emission_source
)

select
  *,
  expected_t_co2e > 0 and held_t_co2e = 0 as is_at_zero,
  has_ended(reporting_year) and unknowns = 0 and held_t_co2e >= threshold('whole_year') * expected_t_co2e as is_whole
from sums
