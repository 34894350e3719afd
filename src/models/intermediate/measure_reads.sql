-- What the sites of measures take of each energy on each day that is held, however long ago: the mean power of the day, kW, with its hours, the weather, and whether the
-- site is open, shut as on every weekend, or shut on a day on which it is usually open (holiday). A day is here where all of it is present; the repeated
-- autumn hour may be missing.
-- grain: site_id, energy, settlement_date
select
  h.site_id, h.energy, h.settlement_date, h.quantity,
  round(2 * array_inner_product(h.kwh, p.is_in) / bit_count(h.present & p.slots), 4)::decimal(18, 4) as kw,
  (bit_count(h.present & p.slots) / 2)::decimal(4, 1) as hours,
  h.estimated & p.slots <> 0 as is_estimated,
  case when coalesce(c.day_class, 'open') = 'open' then 'open' when u.closes_half_hour = 0 then 'weekend' else 'holiday' end as opening,
  w.mean_c as celsius
from intermediate.site_half_hours h
join intermediate.day_parts p on p.day_kind = h.day_kind and p.part = 'day'
left join intermediate.site_calendar c using (site_id, settlement_date)
left join council.site_hours u on u.site_id = h.site_id and u.weekday = isodow(h.settlement_date)
left join intermediate.site_stations s on s.site_id = h.site_id
left join intermediate.station_days w using (station_id, settlement_date)
where h.site_id in (select site_id from council.measures)
  and h.settlement_date <= getvariable('as_of')
  and (p.slots & ~h.present & ~if(h.day_kind = 'autumn', 48, 0)::ubigint) = 0
  and bit_count(h.present & p.slots) > 0
