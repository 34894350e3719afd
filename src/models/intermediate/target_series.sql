-- What each target is measured by, as far as it is known, by whole year: the scopes a target of own operations includes, or the newest release of the
-- national statistic that is shown of the area. A year that is over and not whole has no value: it is at least so much. A year whose factors are not all
-- published is not known. One series to a target; series of different gases are never joined.
-- grain: target_id, year
with
ended_years as (
  select e.*, c.is_whole, c.held_share
  from intermediate.emissions e
  anti join (from intermediate.factor_years where not is_published) using (reporting_year)
  join (from intermediate.year_completeness where has_ended) c using (reporting_year)
  where e.factor_set is not null
),

latest as (
  select max(reporting_year) as factor_set
  from ended_years
),

own_lines as (
  select
    t.target_id, e.reporting_year as year, e.is_whole, e.held_share, e.emissions_t_co2e, e.is_provisional, b.change_percent,
    e.activity || ' ' || e.line || ' ' || round(b.change_percent)::integer || '% in the ' || e.factor_set || ' set' as break_words,
    c.factor_set as constant_factor_set,
    (e.quantity * c.kg_co2e_per_unit / 1000)::decimal(18, 6) as constant_factor_t
  from council.targets t
  join ended_years e on list_contains(t.scopes, e.scope)
  left join reference.emission_factors c
    on c.factor_set = (select factor_set from latest) and c.activity = e.activity and c.unit = e.unit and c.line = e.line
  left join reference.factor_changes b
    on b.to_set = e.factor_set and b.activity = e.activity and b.unit = e.unit and b.line = e.line and b.kind = 'method or lag'
  where t.boundary = 'own operations'
),

own as (
  select
    target_id, year, held_share,
    case when is_whole then sum(emissions_t_co2e)::double end as actual_t,
    case when not is_whole then sum(emissions_t_co2e)::double end as at_least_t,
    case when is_whole and count(*) = count(constant_factor_t) then sum(constant_factor_t)::double end as constant_factor_t,
    max(constant_factor_set) as constant_factor_set,
    bool_or(is_provisional) as is_provisional,
    string_agg(distinct break_words, '; ') filter (change_percent is not null) as factor_breaks
  from own_lines
  group by target_id, year, is_whole, held_share
),

area as (
  select
    t.target_id, e.year,
    1000 * coalesce(e.emissions_kt_co2, e.emissions_kt_co2e) as actual_t,
    r.name || ', release ' || r.release as series,
    case when e.emissions_kt_co2 is null then 'CO2e' else 'CO2' end as gases,
    case when not r.is_measure_of_target then r.why_not end as why_not_measure_of_target
  from council.targets t
  join reference.borough_emissions e on e.statistic = t.statistic and e.area_code = getvariable('area_code')
  join reference.borough_releases r on r.statistic = e.statistic and r.release = e.release
  where t.boundary = 'area-wide' and e.is_total and e.sector = 'All sectors'
    and e.release = (select max(release) from reference.borough_emissions n where n.statistic = t.statistic)
)

select
  o.target_id, o.year, o.actual_t, o.at_least_t, o.held_share, o.constant_factor_t, o.constant_factor_set, o.is_provisional, o.factor_breaks,
  'scopes ' || array_to_string(t.scopes, ', ') || ', location-based' as series,
  'CO2e' as gases,
  null::varchar as why_not_measure_of_target
from own o
join council.targets t using (target_id)
union all
select target_id, year, actual_t, null, 1, null, null, false, null, series, gases, why_not_measure_of_target
from area
