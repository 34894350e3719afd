-- The last 365 days of each site, half-hour by half-hour of the wall clock, as mean power, all of use or all of import: whichever is known on most days.
-- Of the days of the other nothing is known here.
-- grain: site_id, energy, settlement_date, clock_half_hour
with
recent as (
  select *
  from (from intermediate.site_half_hours union all by name from intermediate.site_heat_half_hours)
  where settlement_date > getvariable('as_of') - 365 and settlement_date <= getvariable('as_of')
),

quantities as (
  select site_id, energy, most_days(quantity) as quantity
  from recent
  where present <> 0
  group by site_id, energy
),

slots as (
  select
    r.site_id, r.energy, coalesce(q.quantity, r.quantity) as quantity, r.settlement_date, r.day_kind,
    if(r.quantity = q.quantity, r.present, 0::ubigint) as present,
    r.estimated,
    unnest(r.kwh::double[]) as kwh, generate_subscripts(r.kwh::double[], 1)::integer as settlement_period
  from recent r
  left join quantities q using (site_id, energy)
),

reads as (
  select
    s.site_id, s.energy, s.quantity, s.settlement_date, c.clock_half_hour,
    case when (s.present >> (s.settlement_period - 1)::ubigint) & 1 = 1 then 2 * s.kwh end as kw,
    (s.estimated >> (s.settlement_period - 1)::ubigint) & 1 = 1 as is_estimated
  from slots s
  join intermediate.clock_half_hours c using (day_kind, settlement_period)
)

select
  r.site_id, s.site_name, r.energy, any_value(r.quantity) as quantity,
  r.settlement_date::timestamp_ms as settlement_date,
  r.clock_half_hour,
  round(avg(r.kw), 4) as power_kw,
  bool_or(r.is_estimated and r.kw is not null) as is_estimated
from reads r
join council.sites s using (site_id)
group by r.site_id, s.site_name, r.energy, r.settlement_date, r.clock_half_hour
order by r.site_id, r.energy, r.settlement_date, r.clock_half_hour
