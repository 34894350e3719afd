-- What is known half-hour by half-hour of each site and energy on a day, of use or of import as `quantity` says: its kWh, those while the site is closed, or lent,
-- and its base load: the mean power of the half-hours that begin 00:00 to 03:30 on the wall clock, which no sun touches; 6 of them in spring, 10 in autumn.
-- Beside it, to check: twice the mean of the eight lowest half-hours (Energy Sparks), which panels pull down.
-- grain: site_id, energy, settlement_date
-- check: closed_kwh is null or closed_kwh + community_kwh <= half_hourly_kwh + 0.001
with half_hours as (
  select
    *, periods - 40 as base_periods,
    (present & ((1::ubigint << base_periods::ubigint) - 1::ubigint)) as base_present,
    repeated_without_a_place(day_kind, present) as repeated_half_hours
  from intermediate.site_half_hours
  where present <> 0
)

select
  u.site_id, u.energy, u.settlement_date, u.quantity,
  list_sum(u.kwh)::decimal(18, 4) as half_hourly_kwh,
  array_inner_product(u.kwh, h.is_closed)::decimal(18, 4) as closed_kwh,
  array_inner_product(u.kwh, h.is_community)::decimal(18, 4) as community_kwh,
  c.day_class,
  case
    when bit_count(base_present) + repeated_half_hours = base_periods then round(2 * list_sum(u.kwh[1:base_periods]) / bit_count(base_present), 4)
  end as base_load_kw,
  case when bit_count(u.present) = u.periods then round(2 * list_avg(list_sort(u.kwh[1:u.periods])[1:8]), 4) end as base_load_eight_lowest_kw
from half_hours u
left join intermediate.site_calendar c using (site_id, settlement_date)
left join intermediate.closed_half_hours h
  on h.opens_half_hour = c.opens_half_hour and h.closes_half_hour = c.closes_half_hour and h.day_kind = u.day_kind
  and h.community_from is not distinct from c.community_from and h.community_to is not distinct from c.community_to
