-- Own generation used on each site that has plant of its own on the day: its assets added up. A half-hour is present where generation and export of every
-- asset are held.
-- grain: site_id, settlement_date
with asset_days as (
  select a.asset_id, a.site_id, d.settlement_date, d.periods
  from council.generation_assets a
  join ops.settlement_days d
    on d.settlement_date between greatest(first_day(a.valid_from), (select min(settlement_date) from intermediate.current_meter_days))
    and least(final_day(a.valid_to), getvariable('as_of'))
)

select
  a.site_id, a.settlement_date, any_value(a.periods) as periods, any_value(d.day_kind) as day_kind,
  sum_slots(g.own_use) as kwh,
  bit_and(coalesce(g.matched, 0::ubigint)) as present,
  coalesce(bit_or(g.own_use_estimated), 0::ubigint) as estimated
from asset_days a
join ops.settlement_days d using (settlement_date)
left join intermediate.generation_days g on g.asset_id = a.asset_id and g.settlement_date = a.settlement_date
group by a.site_id, a.settlement_date
