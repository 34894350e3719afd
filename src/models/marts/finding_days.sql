-- The last six weeks of each site and energy of which something is found: what each night and each whole day took, and what is expected of it at its temperature, kW;
-- of water what ran in the quietest half-hour of each night that was read, and what is usual, litres an hour.
-- grain: site_id, energy, settlement_date
select
  e.site_id, e.energy, e.settlement_date::timestamp_ms as settlement_date,
  any_value(e.opening) as opening,
  any_value(e.celsius)::double as celsius,
  max(e.kw) filter (e.part = 'night')::double as night_kw,
  max(e.expected_kw) filter (e.part = 'night')::double as expected_night_kw,
  max(e.kw) filter (e.part = 'day')::double as day_kw,
  max(e.expected_kw) filter (e.part = 'day')::double as expected_day_kw,
  null::double as night_l_per_h, null::double as usual_night_l_per_h
from intermediate.part_excess e
semi join intermediate.use_findings f on f.site_id = e.site_id and f.energy = e.energy
where e.settlement_date > getvariable('as_of') - 42
group by e.site_id, e.energy, e.settlement_date
union all
select
  w.site_id, 'water', w.settlement_date::timestamp_ms, null, null, null, null, null, null, w.night_l_per_h::double, coalesce(l.usual_l_per_h, 0)::double
from intermediate.site_water_nights w
join intermediate.water_night_levels l using (site_id)
where l.is_leak and w.settlement_date > getvariable('as_of') - 42 and w.settlement_date <= getvariable('as_of')
order by site_id, energy, settlement_date
