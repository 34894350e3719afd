-- Energy of each site by local day: what it bought, what left it, and what is known of its use half-hour by half-hour.
-- grain: site_id, energy, settlement_date
-- check: present_half_hours <= expected_half_hours or expected_half_hours = 0
-- check: estimated_half_hours <= present_half_hours
select
  site_id, s.site_name, energy,
  settlement_date::timestamp_ms as settlement_date,
  d.consumption_kwh::decimal(18, 4)::double as consumption_kwh,
  x.export_kwh::double as export_kwh,
  coalesce(d.estimated_kwh, 0)::decimal(18, 4)::double as estimated_kwh,
  u.quantity,
  u.half_hourly_kwh::double as half_hourly_kwh,
  u.closed_kwh::double as closed_kwh,
  u.community_kwh::double as community_kwh,
  u.day_class,
  u.base_load_kw,
  u.base_load_eight_lowest_kw,
  coalesce(d.expected_half_hours, 0) as expected_half_hours,
  coalesce(d.present_half_hours, 0) as present_half_hours,
  coalesce(d.estimated_half_hours, 0) as estimated_half_hours
from intermediate.site_days d
full join intermediate.site_exports x using (site_id, energy, settlement_date)
join council.sites s using (site_id)
left join intermediate.site_use_days u using (site_id, energy, settlement_date)
order by all
