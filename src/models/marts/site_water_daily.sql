-- Water of each site on each day of the lives of its water meters, m³: a quantity of its own, in no sum of energy or emissions. Half-hours that nobody read are missing, never
-- zero: they are those expected and not known; m3 is null where nothing is known. What stands behind another meter is in that one.
-- grain: site_id, settlement_date
-- check: known_half_hours <= expected_half_hours
select
  d.site_id, s.site_name, d.settlement_date::timestamp_ms as settlement_date,
  sum(d.counted)::double as m3,
  sum(d.counted_estimated)::double as estimated_m3,
  sum(d.periods)::integer as expected_half_hours,
  sum(d.known_half_hours)::integer as known_half_hours,
  sum(d.present_half_hours)::integer as present_half_hours,
  sum(d.billed)::double as billed_m3,
  any_value(n.night_l_per_h)::double as night_l_per_h
from intermediate.water_heat_days d
join council.sites s using (site_id)
left join intermediate.site_water_nights n on n.site_id = d.site_id and n.settlement_date = d.settlement_date
anti join intermediate.beside_totals b on b.meter_point_id = d.meter_point_id and b.settlement_date = d.settlement_date
where d.energy = 'water'
group by d.site_id, s.site_name, d.settlement_date
order by d.site_id, d.settlement_date
