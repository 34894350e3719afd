-- What a typical building of each kind uses and emits by TM46, at its own fixed factors.
-- grain: site_kind
select
  b.site_kind, b.category, b.electricity_kwh_per_m2, b.fossil_thermal_kwh_per_m2,
  e.kg_co2_per_kwh as electricity_kg_co2_per_kwh,
  f.kg_co2_per_kwh as fossil_thermal_kg_co2_per_kwh,
  b.electricity_kwh_per_m2 * e.kg_co2_per_kwh + b.fossil_thermal_kwh_per_m2 * f.kg_co2_per_kwh as typical_kg_co2_per_m2
from reference.benchmarks b
join reference.rating_factors e
  on e.fuel = 'electricity' and holds_on(getvariable('as_of'), e.valid_from, e.valid_to)
join reference.rating_factors f
  on f.fuel = 'fossil thermal' and holds_on(getvariable('as_of'), f.valid_from, f.valid_to)
