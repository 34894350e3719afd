-- Area-wide emissions by sector as each release of each national statistic gives them; never joined across releases.
-- grain: area_code, year, sector, statistic, release
-- check: (emissions_kt_co2 is null) <> (emissions_kt_co2e is null)
-- check: (gases = 'CO2') = (emissions_kt_co2 is not null)
-- check: not is_measure_of_target
select
  e.area_code, e.area_name, g.area_group, e.year, e.sector, e.statistic, e.release,
  r.name as statistic_name, r.boundary, r.gases, r.published,
  e.release = max(e.release) over (partition by e.statistic) as is_newest_release,
  e.sector = 'All sectors' as is_all_sectors,
  e.emissions_kt_co2, e.emissions_kt_co2e,
  r.is_measure_of_target, r.why_not as why_not_measure_of_target,
  e.source, e.licence
from reference.borough_emissions e
join reference.borough_releases r using (statistic, release)
left join reference.area_groups g using (area_code)
where e.is_total
order by e.statistic, e.release, e.area_code, e.year, e.sector <> 'All sectors', e.sector
