-- The mean power of each site and energy in each part of a day, kW, of the last two years and a quarter, with the weather and
-- whether the site is open, shut as on every weekend, or shut on a day on which it is usually open (holiday): what
-- signatures are fitted to and findings are judged by. A part is here where all of it is present; the repeated autumn hour may be missing. Of what heats the
-- quietest two hours of a day are a part too, whenever they were: heating comes to rest at some time of nearly every day, and a leak does not.
-- grain: site_id, energy, part, settlement_date
with
days as (
  select h.site_id, h.energy, p.part, h.settlement_date, h.quantity, h.kwh, h.present, p.is_in, p.slots, c.opening, c.celsius, c.degrees
  from (from intermediate.site_half_hours union all by name from intermediate.site_heat_half_hours) h
  join intermediate.day_parts p using (day_kind)
  join intermediate.day_conditions c using (site_id, settlement_date)
  where h.settlement_date > getvariable('as_of') - 820 and h.settlement_date <= getvariable('as_of')
    and is_held_in(h.present, p.slots, h.day_kind)
)

select site_id, energy, part, settlement_date, quantity, mean_kw(kwh, present, is_in, slots) as kw, opening, celsius, degrees
from days
union all
select site_id, energy, 'quietest', settlement_date, quantity, quietest_kw(kwh, present), opening, celsius, degrees
from days
where part = 'day' and heats(energy)
