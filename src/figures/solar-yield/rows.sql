-- The newest 24 whole months of one array of the building: that of the open finding that costs most, else the one that makes least of what is expected of it in its newest month.
with
found as (
  select subject as asset_id, 0 as rank, -coalesce(kwh_a_year, 0) as place
  from marts.findings
  where kind in ('solar array out', 'solar array weak') and state in ('open', 'acknowledged', 'returned')
),

newest as (
  select asset_id, 1 as rank, kwh_per_kwp / expected_kwh_per_kwp as place
  from marts.solar_yields
  where expected_kwh_per_kwp > 0 and last_day(month) <= (select as_of from main.build)
  qualify row_number() over (partition by asset_id order by month desc) = 1
),

chosen as (
  select asset_id
  from (from found union all from newest union all select distinct asset_id, 2, 0 from marts.solar_yields where kwh_per_kwp is not null)
  where asset_id in (select asset_id from marts.solar_yields where site_id = (select site_id from chosen_building))
  order by rank, place, asset_id
  limit 1
)

select month, asset_id, site_name, capacity_kw, area, days_at_zero, kwh_per_kwp, area_kwh_per_kwp, expected_kwh_per_kwp, is_low
from marts.solar_yields
semi join chosen using (asset_id)
where last_day(month) <= (select as_of from main.build)
qualify row_number() over (order by month desc) <= 24
order by month
