-- What the sites of measures take of each energy on each day that is held, however long ago: the mean power of the day, kW, with its hours, the weather, and whether the
-- site is open, shut as on every weekend, or shut on a day on which it is usually open (holiday). A day is here where all of it is present; the repeated
-- autumn hour may be missing.
-- grain: site_id, energy, settlement_date
select
  h.site_id, h.energy, h.settlement_date, h.quantity,
  mean_kw(h.kwh, h.present, p.is_in, p.slots) as kw,
  (bit_count(h.present & p.slots) / 2)::decimal(4, 1) as hours,
  h.estimated & p.slots <> 0 as is_estimated,
  c.opening, c.celsius
from intermediate.site_half_hours h
join intermediate.day_parts p on p.day_kind = h.day_kind and p.part = 'day'
join intermediate.day_conditions c using (site_id, settlement_date)
where h.site_id in (select site_id from council.measures)
  and h.settlement_date <= getvariable('as_of')
  and is_held_in(h.present, p.slots, h.day_kind)
