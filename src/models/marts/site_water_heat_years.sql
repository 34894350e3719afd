-- The water and heat of each site in the last 365 days, each a quantity of its own: water in m³ with what it costs (avoidable £ at the rates of now, sewerage included) and
-- how much runs at night, heat in kWh of heat with the same. The two years are compared on the days of the year that are known whole in both.
-- grain: site_id, energy
with
days as (
  select site_id, site_name, 'water' as energy, settlement_date::date as settlement_date, m3::decimal(24, 8) as quantity, estimated_m3::decimal(24, 8) as estimated, known_half_hours = expected_half_hours as is_whole, known_half_hours, expected_half_hours, billed_m3::decimal(24, 8) as billed
  from marts.site_water_daily
  union all
  select site_id, site_name, 'heat', settlement_date::date, heat_kwh::decimal(24, 8), estimated_heat_kwh::decimal(24, 8), known_half_hours = expected_half_hours, known_half_hours, expected_half_hours, billed_heat_kwh::decimal(24, 8)
  from marts.site_heat_daily
),

paired as (
  select d.*, b.quantity as before
  from days d
  left join days b on b.site_id = d.site_id and b.energy = d.energy and b.settlement_date = d.settlement_date - 364 and b.is_whole and d.is_whole
  where d.settlement_date > getvariable('as_of') - 365
),

years as (
  select
    site_id, site_name, energy,
    sum(quantity)::double as quantity, sum(estimated)::double as estimated, sum(billed)::double as billed,
    (count(*) filter (is_whole))::integer as whole_days,
    (sum(known_half_hours) / sum(expected_half_hours))::double as known_share,
    count(before)::integer as days_compared,
    (sum(quantity) filter (before is not null))::double as quantity_compared,
    sum(before)::double as quantity_before
  from paired
  group by site_id, site_name, energy
)

select
  y.site_id, y.site_name, y.energy, y.whole_days, y.known_share, y.days_compared,
  case when y.energy = 'water' then y.quantity end as m3,
  case when y.energy = 'water' then y.estimated end as estimated_m3,
  case when y.energy = 'water' then y.billed end as billed_m3,
  case when y.energy = 'water' then y.quantity_compared end as m3_compared,
  case when y.energy = 'water' then y.quantity_before end as m3_before,
  case when y.energy = 'heat' then y.quantity end as heat_kwh,
  case when y.energy = 'heat' then y.estimated end as estimated_heat_kwh,
  case when y.energy = 'heat' then y.billed end as billed_heat_kwh,
  case when y.energy = 'heat' then y.quantity_compared end as heat_kwh_compared,
  case when y.energy = 'heat' then y.quantity_before end as heat_kwh_before,
  y.quantity * if(y.energy = 'water', r.gbp_per_m3, t.gbp_per_kwh) as avoidable_gbp,
  case when y.energy = 'water' then n.night_l_per_h::double end as night_l_per_h,
  case when y.energy = 'water' then n.usual_l_per_h::double end as usual_night_l_per_h
from years y
left join intermediate.site_water_rates r using (site_id)
left join intermediate.site_tariffs t on t.site_id = y.site_id and t.energy = y.energy
left join intermediate.water_night_levels n using (site_id)
order by y.site_id, y.energy
