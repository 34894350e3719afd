-- Heat of each site on each day of the lives of its heat meters, kWh of heat: a quantity of its own, in no sum of energy or emissions. Half-hours that nobody read are missing, never
-- zero: they are those expected and not known; heat_kwh is null where nothing is known. What stands behind another meter is in that one.
-- grain: site_id, settlement_date
-- check: known_half_hours <= expected_half_hours
select
  d.site_id, s.site_name, d.settlement_date::timestamp_ms as settlement_date,
  sum(d.counted)::double as heat_kwh,
  sum(d.counted_estimated)::double as estimated_heat_kwh,
  sum(d.periods)::integer as expected_half_hours,
  sum(d.known_half_hours)::integer as known_half_hours,
  sum(d.present_half_hours)::integer as present_half_hours,
  sum(d.estimated_half_hours)::integer as estimated_half_hours,
  sum(d.billed)::double as billed_heat_kwh
from intermediate.water_heat_days d
join council.sites s using (site_id)
anti join intermediate.beside_totals b on b.meter_point_id = d.meter_point_id and b.settlement_date = d.settlement_date
where d.energy = 'heat'
group by d.site_id, s.site_name, d.settlement_date
order by d.site_id, d.settlement_date
