-- How complete each source is in each reporting year, in expected tonnes of scopes 1 and 2.
-- grain: reporting_year, emission_source
select
  reporting_year, emission_source,
  expected_t_co2e::double as expected_t_co2e,
  held_t_co2e::double as held_t_co2e,
  unknowns::integer as unknowns,
  is_returned, is_at_zero, is_whole
from intermediate.source_completeness
order by reporting_year, emission_source
