-- Each council's own borough in the newest release of each national statistic that the lake holds: its last year, beside the first that all of them have. National statistics,
-- never added to what the councils report of themselves. Of each council nothing but its own borough as a whole is read.
-- grain: statistic, area_code
with
newest as (
  select statistic, max(release) as release
  from lake.borough_emissions
  group by statistic
),

held as (
  select o.*
  from lake.borough_emissions o
  join newest n using (statistic, release)
),

years as (
  select statistic, max(first_year) as first_year, min(last_year) as last_year
  from (select statistic, area_code, min(year) as first_year, max(year) as last_year from held group by all)
  group by statistic
)

select
  h.statistic, coalesce(any_value(h.statistic_name), h.statistic) as statistic_name, h.release, h.area_code, any_value(h.area_name) as area_name, any_value(h.gases) as gases,
  y.first_year, y.last_year,
  max(coalesce(h.emissions_kt_co2, h.emissions_kt_co2e)) filter (h.year = y.first_year) as first_year_kt,
  max(coalesce(h.emissions_kt_co2, h.emissions_kt_co2e)) filter (h.year = y.last_year) as last_year_kt,
  any_value(h.source) as source, any_value(h.licence) as licence, any_value(h.why_not_measure_of_target) as why_not_measure_of_target
from held h
join years y using (statistic)
group by h.statistic, h.release, h.area_code, y.first_year, y.last_year
order by h.statistic, area_name, h.area_code
