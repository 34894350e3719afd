-- How the days of each signature strayed from it, by temperature: the mean error and the spread about it, in steps of two degrees, each with the one below and
-- above. What frost protection or a cold start does on some days is then no part of what is usual on others. Null where too few days say it. Of the quietest hours
-- of gas the middle and its spread: a few days on which heating never rested say nothing of the others.
-- grain: series, temperature_step
-- check: days > 0
with
errors as (
  select
    d.series, f.part = 'quietest' as is_quietest, temperature_step(d.t) as temperature_step,
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
),

middles as (
  select s.series, s.temperature_step, median(e.error_kw)::double as error_kw, greatest(1.4826 * mad(e.error_kw)::double, 0.01) as spread_kw
  from steps s
  join errors e on e.series = s.series and e.temperature_step between s.temperature_step - 1 and s.temperature_step + 1
  where e.is_quietest
  group by s.series, s.temperature_step
)

select
  n.series, n.temperature_step, n.days::integer as days,
  if(n.days >= threshold('signature_near_days'), coalesce(m.error_kw, n.error_kw::double / n.days), null) as mean_error_kw,
  if(
    n.days >= threshold('signature_near_days'),
    coalesce(m.spread_kw, sqrt(greatest(n.squared::double - n.error_kw::double * n.error_kw::double / n.days, 0) / (n.days - 1))),
    null
  ) as spread_kw
from neighbours n
left join middles m using (series, temperature_step)
