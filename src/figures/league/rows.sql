-- The council's own buildings of the kind of one of them that are heated alike, the one that takes most for its area first: beside each its year before, what is typical of its
-- kind, its rating, and what it takes above that costs at the avoidable rates of now.
with chosen as (
  select y.site_id, y.energy, y.site_kind, y.heated_by
  from marts.site_years y
  semi join chosen_building using (site_id, energy)
)

select
  y.site_id, y.site_name, y.site_kind, y.heated_by, y.energy, y.quantity, y.site_id = c.site_id as is_chosen,
  y.held_share, y.kwh_per_m2, y.kwh_per_m2_before, y.peers_kwh_per_m2, y.peers, r.tm46_band,
  if(y.energy = 'gas', r.typical_fossil_thermal_kwh_per_m2, r.typical_electricity_kwh_per_m2) as typical_kwh_per_m2,
  case
    when y.kwh_per_m2 > typical_kwh_per_m2 then (y.kwh_per_m2 - typical_kwh_per_m2) * r.floor_area_m2 * y.avoidable_gbp / nullif(y.import_kwh, 0)
  end as gbp_above_typical,
  (select as_of::timestamp_ms from main.build) as as_of
from marts.site_years y
join chosen c using (site_kind, heated_by, energy)
left join marts.site_ratings r on r.site_id = y.site_id
order by y.kwh_per_m2 desc nulls last, y.site_id
