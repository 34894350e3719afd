-- What the arrays of an area made of each kWp, half-hour by half-hour, as PV_Live estimates it: generation over installed capacity. A day is here where each of its
-- half-hours has both. The area is named as PV_Live names it; gsp:0 is Great Britain.
-- grain: area, settlement_date
with
half_hours as (
  select
    if(g.area = '', 'gsp:0', g.area) as area, local_date(g.starts_at) as settlement_date,
    g.starts_at, max(g.latest.value / c.latest.value / 2)::decimal(12, 8) as kwh_per_kwp
  from staging.observations g
  join staging.observations c
    on c.area = g.area and c.starts_at = g.starts_at and c.series = 'solar_capacity' and c.period = 'half-hour' and c.latest.value > 0
  where g.series = 'solar_generation' and g.period = 'half-hour' and g.latest.value is not null
  group by all
)

select
  h.area, h.settlement_date,
  list_resize(list(h.kwh_per_kwp order by h.starts_at), 50, 0)::double[50] as kwh_per_kwp
from half_hours h
join ops.settlement_days d using (settlement_date)
group by h.area, h.settlement_date, d.periods
having count(*) = d.periods
