-- Base load of each complete site-day: twice the mean of the eight lowest half-hours, which is the lowest four hours of elapsed time on any kind of day.
-- Source of the method: Energy Sparks, as quoted in data/README.md.
-- grain: site_id, energy, settlement_date
select
  site_id, energy, settlement_date,
  round(2 * list_avg(list_sort(kwh[1:periods])[1:8]), 4) as base_load_kw
from intermediate.site_half_hours
where bit_count(present) = periods
