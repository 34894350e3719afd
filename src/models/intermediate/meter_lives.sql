-- The days on which the council answers for a meter point at a site: those of its row in meter-points.csv that are also days of the site. A date that is not
-- given leaves that end open. What is read on other days is held and counts nowhere. Of electricity and gas alone: water and heat are in intermediate.water_heat_days.
-- grain: meter_point_id, from_date
-- check: from_date <= to_date
select
  m.meter_point_id, m.site_id, m.energy,
  greatest(first_day(m.valid_from), first_day(s.valid_from)) as from_date,
  least(final_day(m.valid_to), final_day(s.valid_to)) as to_date
from council.meter_points m
join council.sites s using (site_id)
where is_energy(m.energy)
  and greatest(first_day(m.valid_from), first_day(s.valid_from)) <= least(final_day(m.valid_to), final_day(s.valid_to))
