-- The areas that the council's own is shown beside, itself among them, by the newest release of the statistic that holds most of them, then reaches furthest: all
-- sectors, each year as a share of the first. No rows where the area is in no group. How many people live in each is not held, so nothing is by head.
with
own as (
  select any_value(area_group) as area_group
  from marts.borough_emissions
  where area_code = getvariable('area_code')
),

held as (
  select
    area_code, area_name, area_group, year, statistic, release, statistic_name, gases, published, source, licence, why_not_measure_of_target,
    coalesce(emissions_kt_co2, emissions_kt_co2e) as emissions_kt
  from marts.borough_emissions
  semi join own using (area_group)
  where is_all_sectors and is_newest_release
),

chosen as (
  select statistic, release
  from held
  group by statistic, release
  having bool_or(area_code = getvariable('area_code'))
  order by count(distinct area_code) desc, max(year) desc, statistic
  limit 1
),

shares as (
  select
    held.*,
    emissions_kt / nullif(first(emissions_kt order by year) over of_area, 0) as share_of_first,
    min(year) over of_area as first_year,
    max(year) over of_area as last_year
  from held
  semi join chosen using (statistic, release)
  window of_area as (partition by area_code)
)

select
  area_code, area_name, area_group, area_code = getvariable('area_code') as is_own, year, first_year, statistic_name, gases, release, published, source, licence,
  why_not_measure_of_target, emissions_kt, share_of_first
from shares
where share_of_first is not null
  and first_year = (select min(year) from shares)
  and last_year = (select max(year) from shares)
order by area_code, year
