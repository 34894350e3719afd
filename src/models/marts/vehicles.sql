-- The council's vehicles, what the licensing authority says of each, and whether the two agree on its fuel.
-- grain: vehicle_id
with facts as (
  select f.registration_pseudonym, upper(trim(f.fuel)) as fuel, f.co2_g_per_km, f.made_in_year, f.euro_status
  from raw.vehicle_facts f
  join staging.standing_loads s using (load_id)
  qualify s.precedence = max(s.precedence) over (partition by f.registration_pseudonym)
)

select
  v.vehicle_id, v.service,
  v.kind as vehicle_kind,
  v.fuel,
  v.valid_from::timestamp_ms as valid_from,
  v.valid_to::timestamp_ms as valid_to,
  f.fuel as dvla_fuel,
  f.co2_g_per_km::double as co2_g_per_km,
  f.euro_status,
  f.made_in_year,
  case
    when f.fuel in ('DIESEL', 'HEAVY OIL') then v.fuel in ('diesel', 'gas_oil', 'hvo')
    when f.fuel = 'PETROL' then v.fuel = 'petrol'
    when f.fuel in ('ELECTRICITY', 'ELECTRIC') then v.fuel = 'electric'
    when f.fuel = 'HYBRID ELECTRIC' then v.fuel in ('petrol', 'diesel', 'hvo')
    when f.fuel = 'GAS BI-FUEL' then v.fuel in ('lpg', 'petrol')
    when f.fuel = 'GAS' then v.fuel = 'lpg'
  end as is_fuel_agreed
from council.vehicles v
left join facts f using (registration_pseudonym)
order by v.vehicle_id
