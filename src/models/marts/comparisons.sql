-- What of two reporting years can be set against each other: all of it where both are whole, else the same meters and accounts in the same months.
-- grain: reporting_year, against
select
  reporting_year, against, against_year, is_all,
  t_co2e::double as t_co2e,
  before_t_co2e::double as before_t_co2e,
  before_at_same_factors_t_co2e::double as before_at_same_factors_t_co2e,
  missing_t_co2e::double as missing_t_co2e,
  direction, direction_at_same_factors,
  same_meters_t_co2e::double as same_meters_t_co2e,
  same_meters_before_t_co2e::double as same_meters_before_t_co2e,
  same_meters_before_at_same_factors_t_co2e::double as same_meters_before_at_same_factors_t_co2e,
  same_meters_direction, same_meters_direction_at_same_factors,
  is_before_returned, sources_left_out,
  first_month::timestamp_ms as first_month,
  last_month::timestamp_ms as last_month
from intermediate.comparisons
order by reporting_year, against
