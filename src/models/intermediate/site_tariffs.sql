-- What a kWh less saves at each site, £, on average over the week, over its nights and while it is shut: by the tariff of its meter that uses most, or the only one there is of
-- its energy. A site without a row has no tariff: what its faults cost is not known.
-- grain: site_id, energy
with
only_tariffs as (
  select energy, any_value(tariff) as tariff
  from council.tariffs
  group by energy
  having count(distinct tariff) = 1
),

meters as (
  select m.site_id, m.energy, coalesce(m.tariff, o.tariff) as tariff, coalesce(y.kwh, 0) as kwh, m.meter_point_id
  from council.meter_points m
  left join only_tariffs o using (energy)
  left join intermediate.meters_last_year y using (meter_point_id, site_id, energy)
  where m.energy <> 'water' and holds_on(getvariable('as_of'), m.valid_from, m.valid_to)
),

main_meters as (
  select *
  from meters
  where tariff is not null
  qualify row_number() over (partition by site_id, energy order by kwh desc, meter_point_id) = 1
)

select
  m.site_id, m.energy, m.tariff,
  avg(r.pence_per_kwh) / 100 as gbp_per_kwh,
  avg(r.pence_per_kwh) filter (r.clock_half_hour < 8) / 100 as night_gbp_per_kwh,
  coalesce(avg(r.pence_per_kwh) filter (r.clock_half_hour < h.opens_half_hour or r.clock_half_hour >= h.closes_half_hour), gbp_per_kwh * 100) / 100 as shut_gbp_per_kwh
from main_meters m
join intermediate.avoidable_rates r using (tariff)
left join council.site_hours h on h.site_id = m.site_id and h.weekday = r.weekday
group by m.site_id, m.energy, m.tariff
