-- What vehicles and plant drew, by fuel and reporting year; whether the year is over, and whether it is whole: every account was read to its end.
with years as (
  select reporting_year, bool_and(is_whole) as is_whole
  from marts.source_completeness
  where emission_source in ('fleet', 'plant')
  group by reporting_year
)

select
  f.reporting_year, f.activity,
  sum(f.quantity::decimal(18, 4))::double as quantity,
  coalesce(y.is_whole, false) as is_whole_year,
  coalesce(r.has_ended, false) as has_ended
from marts.fleet_activity f
left join years y using (reporting_year)
left join marts.reporting_years r using (reporting_year)
group by f.reporting_year, f.activity, y.is_whole, r.has_ended
having sum(f.quantity) > 0
order by f.reporting_year, f.activity
