-- Fuel drawn by the fleet, by month, service, kind of vehicle and fuel; credits are taken off in the month they were given.
-- grain: month, service, vehicle_kind, activity
-- check: credited_quantity >= 0
select
  month::timestamp_ms as month,
  reporting_year, service, vehicle_kind, activity,
  'l' as unit,
  sum(quantity)::double as quantity,
  coalesce(-sum(quantity) filter (quantity < 0), 0)::double as credited_quantity,
  count(*)::integer as transactions,
  nullif(count(distinct vehicle_id), 0)::integer as vehicles
from intermediate.fuel_drawn
where activity <> 'not_fuel'
group by intermediate.fuel_drawn.month, reporting_year, service, vehicle_kind, activity
order by intermediate.fuel_drawn.month, service, vehicle_kind, activity
