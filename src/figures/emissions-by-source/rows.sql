-- The largest sources of the last year that is over by name, the rest as `other`; scopes 1 and 2. A year that is not whole is at least so much.
with
years as (select * from marts.emissions_by_source where scope in ('1', '2') and has_ended),
largest as (
  select emission_source
  from years
  where reporting_year = (select max(reporting_year) from years)
  group by emission_source
  having sum(emissions_t_co2e) > 0
  order by sum(emissions_t_co2e) desc, emission_source
  limit 4
),
folded as (
  select y.* replace (case when l.emission_source is null then 'other' else y.emission_source end as emission_source)
  from years y
  left join largest l using (emission_source)
)
select
  reporting_year, emission_source,
  min(scope) as scope,
  sum(emissions_t_co2e::decimal(18, 6))::double as emissions_t_co2e,
  bool_or(is_provisional) as is_provisional,
  bool_and(is_whole_year) as is_whole_year
from folded
group by reporting_year, emission_source
having sum(emissions_t_co2e) > 0
order by reporting_year, emission_source
