-- What left each site on each day, whether or not its import is held.
-- grain: site_id, energy, settlement_date
select site_id, energy, settlement_date, sum(kwh) as export_kwh
from intermediate.metered_days
anti join council.generation_assets on generation_meter_id = meter_point_id
anti join intermediate.beside_totals using (meter_point_id, settlement_date)
where channel = 'export'
group by site_id, energy, settlement_date
