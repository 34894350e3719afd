-- The base load of one building's nights over two years, and the median of the four weeks to each night, where enough of them are held; all of what most nights are of.
with
nights as (
  select d.site_id, d.site_name, d.energy, d.quantity, d.settlement_date, d.base_load_kw
  from marts.site_energy_daily d
  semi join chosen_building using (site_id, energy)
  where d.base_load_kw is not null and d.settlement_date > (select as_of from main.build) - interval 730 days
),

most as (
  select mode(quantity order by quantity desc) as quantity
  from nights
)

select
  n.*,
  case when count(*) over four_weeks >= 14 then median(n.base_load_kw) over four_weeks end as usual_kw,
  y.base_load_kw as now_kw, y.base_load_before_kw as before_kw,
  y.avoidable_gbp / nullif(y.import_kwh, 0) * 8760 as gbp_a_kw_year
from nights n
join most using (quantity)
left join marts.site_years y using (site_id, energy)
window four_weeks as (order by n.settlement_date range between interval 27 days preceding and current row)
order by n.settlement_date
