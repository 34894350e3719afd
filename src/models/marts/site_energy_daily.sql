-- Energy of each site by local day.
-- grain: site_id, energy, settlement_date
-- check: present_half_hours <= expected_half_hours or expected_half_hours = 0
-- check: estimated_half_hours <= present_half_hours
select
  d.site_id, d.site_name, d.energy,
  d.settlement_date::timestamp_ms as settlement_date,
  d.consumption_kwh::decimal(18, 4)::double as consumption_kwh,
  d.export_kwh::double as export_kwh,
  d.estimated_kwh::decimal(18, 4)::double as estimated_kwh,
  d.closed_kwh::double as closed_kwh,
  b.base_load_kw,
  d.expected_half_hours, d.present_half_hours, d.estimated_half_hours
from intermediate.site_days d
left join intermediate.base_loads b using (site_id, energy, settlement_date)
order by d.site_id, d.energy, d.settlement_date
