-- For all hours that a site may keep on a day: 1 in the slots in which it is closed and not lent (is_closed), or lent (is_community), else 0; 0 too where the
-- day has no such slot. What is lent while it is open is open.
-- grain: opens_half_hour, closes_half_hour, community_from, community_to, day_kind
with
hours as (
  select distinct opens_half_hour, closes_half_hour, community_from, community_to
  from intermediate.site_calendar
),

slots as (
  select k.day_kind, slot::integer as slot, c.clock_half_hour
  from (select distinct day_kind from intermediate.clock_half_hours) k
  cross join range(1, 51) as slots(slot)
  left join intermediate.clock_half_hours c on c.day_kind = k.day_kind and c.settlement_period = slot
),

states as (
  select
    h.*, s.day_kind, s.slot,
    s.clock_half_hour < h.opens_half_hour or s.clock_half_hour >= h.closes_half_hour as is_shut,
    coalesce(s.clock_half_hour >= h.community_from and s.clock_half_hour < h.community_to, false) as is_lent
  from hours h
  cross join slots s
)

select
  opens_half_hour, closes_half_hour, community_from, community_to, day_kind,
  list(coalesce(is_shut and not is_lent, false)::integer::double order by slot)::double[50] as is_closed,
  list(coalesce(is_shut and is_lent, false)::integer::double order by slot)::double[50] as is_community
from states
group by opens_half_hour, closes_half_hour, community_from, community_to, day_kind
