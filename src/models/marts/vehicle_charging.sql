-- Electricity charged into vehicles, by month, where, service and kind of vehicle, credits taken off; and whether it is in the inventory as the fleet's.
-- grain: month, place, site_id, service, vehicle_kind
-- check: is_counted = (why_not_counted is null)
select
  month::timestamp_ms as month,
  reporting_year, place, site_id, service, vehicle_kind,
  sum(energy_kwh)::double as energy_kwh,
  coalesce(-sum(energy_kwh) filter (is_credit), 0)::double as credited_kwh,
  (count(*) filter (not is_credit))::integer as sessions,
  nullif(count(distinct vehicle_id), 0)::integer as vehicles,
  is_counted, why_not_counted
from intermediate.charging
group by intermediate.charging.month, reporting_year, place, site_id, service, vehicle_kind, is_counted, why_not_counted
order by intermediate.charging.month, place, site_id, service, vehicle_kind
