-- What vehicles and plant drew, by fuel and reporting year; whether the year had ended by the as-of date.
select
  reporting_year, activity,
  sum(quantity::decimal(18, 4))::double as quantity,
  make_date(reporting_year + 1, 3, 31) <= (select as_of from main.build) as is_whole_year
from marts.fleet_activity
group by reporting_year, activity
having sum(quantity) > 0
order by reporting_year, activity
