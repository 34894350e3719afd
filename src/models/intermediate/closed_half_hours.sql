-- For each site whose opening hours are known: 1 in the slots in which it is closed, 0 where it is open or the day has no such slot.
-- grain: site_id, weekday, day_kind
select
  h.site_id, h.weekday, c.day_kind,
  list(
    case when s.slot is null or (s.clock_half_hour >= h.opens_half_hour and s.clock_half_hour < h.closes_half_hour) then 0 else 1 end::double
    order by c.slot
  )::double[50] as is_closed
from council.site_hours h
cross join (select distinct k.day_kind, slot::integer as slot from intermediate.clock_half_hours k, range(1, 51) as slots(slot)) c
left join (select day_kind, settlement_period as slot, clock_half_hour from intermediate.clock_half_hours) s
  on s.day_kind = c.day_kind and s.slot = c.slot
group by h.site_id, h.weekday, c.day_kind
