-- What a cubic metre of water less saves at each site, £, with its sewerage: the lines of its tariff that are avoidable, at the rates of the as-of date; of sewerage the
-- share that is charged as coming back to the sewer. The tariff is that of its meter, or the only one of water. A site without a row has none.
-- grain: site_id
with
rates as (
  select tariff, sum((rate * coalesce(return_to_sewer, 1))::decimal(12, 6))::double as gbp_per_m3
  from council.tariffs
  where energy = 'water' and is_avoidable and unit = 'GBP/m3' and holds_on(getvariable('as_of'), valid_from, valid_to)
  group by tariff
),

only_tariff as (
  select any_value(tariff) as tariff
  from council.tariffs
  where energy = 'water'
  having count(distinct tariff) = 1
)

select m.site_id, min(r.tariff) as tariff, arg_min(r.gbp_per_m3, r.tariff) as gbp_per_m3
from council.meter_points m
join rates r on r.tariff = coalesce(m.tariff, (select tariff from only_tariff))
where m.energy = 'water' and holds_on(getvariable('as_of'), m.valid_from, m.valid_to)
group by m.site_id
