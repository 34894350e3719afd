-- The days of the site and energy that is most out of the ordinary and has weather: of the gas finding that costs most, else the one that uses most for its area against its kind.
with
found as (
  select site_id, energy, 0 as rank, -coalesce(gbp_a_year, kwh_a_year, 0) as place
  from marts.findings
  where energy = 'gas' and kwh_a_year is not null and state in ('open', 'acknowledged', 'returned')
),

unusual as (
  select site_id, energy, if(energy = 'gas', 1, 2) as rank, -coalesce(kwh_per_m2 / nullif(peers_kwh_per_m2, 0), 0) as place
  from marts.site_years
),

chosen as (
  select site_id, energy
  from (from found union all from unusual)
  semi join (select distinct site_id, energy from marts.signature_points) using (site_id, energy)
  order by rank, place, site_id, energy
  limit 1
)

select p.*
from marts.signature_points p
semi join chosen using (site_id, energy)
order by p.settlement_date
