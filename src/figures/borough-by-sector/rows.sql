-- The statistic of the council's borough that tells most sectors apart, in its newest release.
with sectors as (
  select statistic, release, count(distinct sector) as sectors
  from marts.borough_emissions
  where area_code = getvariable('area_code') and is_newest_release
  group by statistic, release
)
select * exclude (sectors)
from marts.borough_emissions
join (select * from sectors order by sectors desc, statistic limit 1) using (statistic, release)
where area_code = getvariable('area_code')
order by year, sector
