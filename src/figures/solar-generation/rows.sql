-- All arrays together, by month; what was made by arrays whose export is not metered stands beside.
select
  month,
  sum(generation_kwh::decimal(18, 4))::double as generation_kwh,
  sum(self_consumption_kwh::decimal(18, 4))::double as self_consumption_kwh,
  sum(export_kwh::decimal(18, 4))::double as export_kwh,
  coalesce(sum(generation_kwh::decimal(18, 4)) filter (export_kwh is null), 0)::double as unmetered_kwh,
  sum(expected_half_hours)::integer as expected_half_hours,
  sum(present_half_hours)::integer as present_half_hours
from marts.renewable_generation
group by month
having sum(present_half_hours) > 0
order by month
