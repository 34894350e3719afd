-- What a typical building of each kind uses and emits by TM46, at its own fixed factors.
-- grain: site_kind
select
  b.site_kind, b.category, b.electricity_kwh_per_m2, b.fossil_thermal_kwh_per_m2,
  e.kg_co2_per_kwh as electricity_kg_co2_per_kwh,
  f.kg_co2_per_kwh as fossil_thermal_kg_co2_per_kwh,
  b.electricity_kwh_per_m2 * e.kg_co2_per_kwh + b.fossil_thermal_kwh_per_m2 * f.kg_co2_per_kwh as typical_kg_co2_per_m2
from reference.benchmarks b
join reference.rating_factors e
  on e.fuel = 'electricity' and getvariable('as_of') between e.valid_from and coalesce(e.valid_to, date '9999-12-31')
join reference.rating_factors f
  on f.fuel = 'fossil thermal' and getvariable('as_of') between f.valid_from and coalesce(f.valid_to, date '9999-12-31')
