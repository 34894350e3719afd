-- The mean power of each site and energy in each part of a day, kW, of the last two years and a quarter, with the weather and
-- whether the site is open, shut as on every weekend, or shut on a day on which it is usually open (holiday): what
-- signatures are fitted to and findings are judged by. A part is here where all of it is present; the repeated autumn hour may be missing.
-- grain: site_id, energy, part, settlement_date
select
  h.site_id, h.energy, p.part, h.settlement_date, h.quantity,
  round(2 * array_inner_product(h.kwh, p.is_in) / bit_count(h.present & p.slots), 4)::decimal(18, 4) as kw,
  case when coalesce(c.day_class, 'open') = 'open' then 'open' when u.closes_half_hour = 0 then 'weekend' else 'holiday' end as opening,
  w.mean_c as celsius
from intermediate.site_half_hours h
join intermediate.day_parts p using (day_kind)
left join intermediate.site_calendar c using (site_id, settlement_date)
left join council.site_hours u on u.site_id = h.site_id and u.weekday = isodow(h.settlement_date)
left join intermediate.site_stations s on s.site_id = h.site_id
left join intermediate.station_days w using (station_id, settlement_date)
where h.settlement_date > getvariable('as_of') - 820 and h.settlement_date <= getvariable('as_of')
  and (p.slots & ~h.present & ~if(h.day_kind = 'autumn', 48, 0)::ubigint) = 0
  and bit_count(h.present & p.slots) > 0
