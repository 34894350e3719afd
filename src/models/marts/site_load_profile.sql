-- How each site's days usually run: the spread of its mean power at each half-hour of the wall clock, by type of day, over the last 365 days.
-- grain: site_id, energy, day_type, clock_half_hour
-- check: p10_kw <= median_kw and median_kw <= p90_kw
with
reads as (
  select
    site_id, site_name, energy, quantity, clock_half_hour, power_kw, settlement_date,
    case isodow(settlement_date) when 6 then 'Saturday' when 7 then 'Sunday' else 'Monday to Friday' end as day_type
  from marts.site_half_hourly
  where power_kw is not null
),

base as (
  select site_id, energy, quantity, round(median(base_load_kw), 4) as base_load_kw
  from marts.site_energy_daily
  where settlement_date > getvariable('as_of') - 365
  group by site_id, energy, quantity
)

select
  r.site_id, r.site_name, r.energy, any_value(r.quantity) as quantity, r.day_type, r.clock_half_hour,
  round(quantile_cont(r.power_kw, 0.1), 4) as p10_kw,
  round(median(r.power_kw), 4) as median_kw,
  round(quantile_cont(r.power_kw, 0.9), 4) as p90_kw,
  count(*)::integer as days,
  any_value(b.base_load_kw) as base_load_kw,
  min(min(r.settlement_date)) over (partition by r.site_id, r.energy) as from_date,
  max(max(r.settlement_date)) over (partition by r.site_id, r.energy) as to_date
from reads r
left join base b using (site_id, energy, quantity)
group by r.site_id, r.site_name, r.energy, r.day_type, r.clock_half_hour
order by r.site_id, r.energy, r.day_type, r.clock_half_hour
