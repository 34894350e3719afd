-- When the heating of each site, its gas or else the heat that is delivered to it (that first, where the register says that a network heats it), rose in the morning of
-- each open day of the last 365: the first half-hour of the wall clock from which two in a row are clearly above the day's lowest, by three tenths
-- of how far the highest half-hour up to an hour after opening is. Nothing of a day that is not whole, on which clocks change, on which it ran from midnight on, or on which hardly
-- any is burnt. `early_kwh` is what was burnt above the lowest from then until the time a warm-up is granted.
-- grain: site_id, settlement_date
with
-- Gas may cook alone where heat is delivered.
heat_heated as (
  select site_id
  from council.sites
  where heated_by = 'heat-network' or site_id not in (select site_id from intermediate.site_half_hours where energy = 'gas')
),

heating as (
  from intermediate.site_half_hours anti join heat_heated using (site_id) where energy = 'gas'
  union all by name
  from intermediate.site_heat_half_hours semi join heat_heated using (site_id)
),

days as (
  select
    h.site_id, h.energy, h.settlement_date, c.opens_half_hour, w.celsius,
    list_transform(h.kwh[1:48], kwh -> 2 * kwh) as kw,
    list_min(kw) as lowest_kw,
    list_max(kw[1:c.opens_half_hour + 2]) as highest_kw
  from heating h
  join intermediate.site_calendar c using (site_id, settlement_date)
  join intermediate.day_conditions w using (site_id, settlement_date)
  where h.settlement_date > getvariable('as_of') - 365 and h.settlement_date <= getvariable('as_of')
    and c.day_class = 'open' and c.opens_half_hour >= 8 and c.community_from is null and h.day_kind not in ('spring', 'autumn') and bit_count(h.present) = 48
),

starts as (
  select
    *, lowest_kw + 0.3 * (highest_kw - lowest_kw) as clear_kw,
    list_position(list_transform(range(1, 48), slot -> kw[slot] > clear_kw and kw[slot + 1] > clear_kw), true) - 1 as start_half_hour
  from days
)

select
  site_id, energy, settlement_date, celsius, opens_half_hour::integer as opens_half_hour, start_half_hour::integer as start_half_hour,
  ((opens_half_hour - start_half_hour) / 2)::double as hours_before,
  coalesce(list_sum(list_transform(kw[start_half_hour + 1:opens_half_hour - (2 * threshold('heating_warm_up'))::integer], each -> (each - lowest_kw) / 2)), 0)::decimal(18, 4) as early_kwh
from starts
where start_half_hour > 0 and start_half_hour < opens_half_hour + 2
  and highest_kw - lowest_kw > 2 * worth_a_visit_kw('gas')
