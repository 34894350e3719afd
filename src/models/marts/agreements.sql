-- Quantities that two marts hold, each added up from its own rows: proof that they are one.
-- grain: quantity, site_id, energy, month
-- check: abs(one_kwh - other_kwh) < 0.002
with
of_no_asset as (
  select distinct m.site_id, date_trunc('month', m.settlement_date)::timestamp_ms as month
  from intermediate.metered_days m
  anti join (
    select a.export_meter_point_id as meter_point_id, g.settlement_date
    from council.generation_assets a
    join intermediate.generation_days g using (asset_id)
  ) using (meter_point_id, settlement_date)
  where m.channel = 'export'
),

by_assets as (
  select site_id, month, sum(export_kwh) as export_kwh
  from marts.renewable_generation
  where export_kwh is not null
  group by site_id, month
),

by_day as (
  select site_id, energy, date_trunc('month', settlement_date)::timestamp_ms as month, sum(consumption_kwh) as consumption_kwh, sum(export_kwh) as export_kwh
  from marts.site_energy_daily
  group by site_id, energy, date_trunc('month', settlement_date)
),

months as (
  select m.*, d.consumption_kwh as daily_consumption_kwh, d.export_kwh as daily_export_kwh
  from marts.site_energy_monthly m
  full join by_day d using (site_id, energy, month)
)

select 'consumption' as quantity, site_id, energy, month, coalesce(daily_consumption_kwh, 0) as one_kwh, coalesce(consumption_kwh, 0) as other_kwh
from months
union all
select 'export', site_id, energy, month, coalesce(daily_export_kwh, 0), coalesce(export_kwh, 0)
from months
union all
select 'export of assets', site_id, 'electricity', a.month, a.export_kwh, coalesce(m.export_kwh, 0)
from by_assets a
left join (from months where energy = 'electricity') m using (site_id, month)
anti join of_no_asset o on o.site_id = a.site_id and o.month = a.month
order by quantity, site_id, energy, month
