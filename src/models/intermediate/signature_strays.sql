-- How the days of each signature strayed from it, by temperature: the mean error and the spread about it, in steps of two degrees, each with the one below and
-- above. What frost protection or a cold start does on some days is then no part of what is usual on others. Null where too few days say it.
-- grain: series, temperature_step
-- check: days > 0
with
errors as (
  select
    d.series, temperature_step(d.t) as temperature_step,
    round(d.y::double - signature_at(d.t::double, f.base, f.heating_point, f.heating_slope, f.cooling_point, f.cooling_slope), 4)::decimal(18, 4) as error_kw
  from intermediate.signature_days d
  join intermediate.signature_fits f using (series)
  where f.left_out = 0
),

steps as (
  select series, temperature_step, count(*) as days, sum(error_kw) as error_kw, sum((error_kw * error_kw)::decimal(38, 8)) as squared
  from errors
  group by series, temperature_step
),

neighbours as (
  select
    series, temperature_step,
    sum(days) over near as days,
    sum(error_kw) over near as error_kw,
    sum(squared) over near as squared
  from steps
  window near as (partition by series order by temperature_step range between 1 preceding and 1 following)
)

select
  series, temperature_step, days::integer as days,
  if(days >= threshold('signature_near_days'), error_kw::double / days, null) as mean_error_kw,
  if(days >= threshold('signature_near_days'), sqrt(greatest(squared::double - error_kw::double * error_kw::double / days, 0) / (days - 1)), null) as spread_kw
from neighbours
