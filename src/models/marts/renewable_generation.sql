-- What the council's own plant made, by asset and month; what left the site is beside it and is taken off nothing.
-- grain: asset_id, month
-- check: present_half_hours <= expected_half_hours
-- check: matched_half_hours <= present_half_hours
-- check: self_consumption_kwh is null or self_consumption_kwh <= generation_kwh + 0.001
select
  date_trunc('month', d.settlement_date)::timestamp_ms as month,
  reporting_year_of(d.settlement_date) as reporting_year,
  a.asset_id, a.site_id, s.site_name, a.technology, a.capacity_kw,
  sum(d.generation_kwh)::double as generation_kwh,
  sum(d.self_consumption_kwh)::double as self_consumption_kwh,
  sum(d.export_kwh)::double as export_kwh,
  sum(d.expected_half_hours)::integer as expected_half_hours,
  sum(d.present_half_hours)::integer as present_half_hours,
  sum(d.matched_half_hours)::integer as matched_half_hours,
  sum(d.estimated_half_hours)::integer as estimated_half_hours
from intermediate.generation_days d
join council.generation_assets a using (asset_id)
join council.sites s using (site_id)
group by date_trunc('month', d.settlement_date), reporting_year_of(d.settlement_date), a.asset_id, a.site_id, s.site_name, a.technology, a.capacity_kw
order by a.asset_id, date_trunc('month', d.settlement_date)
