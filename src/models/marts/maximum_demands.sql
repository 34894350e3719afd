-- The highest half-hour of the last 365 days of each electricity meter for which a capacity is agreed, set against it. Demand is in kW, capacity in kVA: what kVA a kW takes depends on
-- its power factor, which nobody tells, and is never less than one. Only what was read counts, no estimate. What a kVA costs is the capacity line of the meter's tariff, which does
-- not fall when less is used.
-- grain: meter_point_id
-- check: whole_days <= 365
-- check: max_kw is null or max_kw >= 0
with
only_tariff as (
  select any_value(tariff) as tariff
  from council.tariffs
  where energy = 'electricity'
  having count(distinct tariff) = 1
),

meters as (
  select m.meter_point_id, m.site_id, m.agreed_capacity_kva, m.valid_from, m.valid_to, coalesce(m.tariff, (select tariff from only_tariff)) as tariff
  from council.meter_points m
  where m.agreed_capacity_kva is not null and m.energy = 'electricity' and holds_on(getvariable('as_of'), m.valid_from, m.valid_to)
),

days as (
  select
    m.meter_point_id, m.agreed_capacity_kva, d.settlement_date, s.day_kind,
    list_transform(range(1, 51), slot -> 2 * won(d.kwh, d.present & ~d.estimated, slot)) as kw,
    bit_count(d.present & ~d.estimated) + repeated_without_a_place(s.day_kind, d.present) >= s.periods as is_whole
  from meters m
  join intermediate.current_meter_days d using (meter_point_id)
  join ops.settlement_days s using (settlement_date)
  where d.channel = 'import' and d.settlement_date > getvariable('as_of') - 365 and d.settlement_date <= getvariable('as_of')
    and holds_on(d.settlement_date, m.valid_from, m.valid_to)
),

highest as (
  select
    meter_point_id,
    count(*) filter (is_whole) as whole_days,
    max(list_max(kw)) as max_kw,
    arg_max(struct_pack(settlement_date, day_kind, settlement_period := list_position(kw, list_max(kw))), {'kw': list_max(kw), 'day': settlement_date}) as max_at,
    sum(len(list_filter(kw, each -> each > agreed_capacity_kva))) as half_hours_above,
    min(settlement_date) filter (list_max(kw) > agreed_capacity_kva) as first_above_on,
    max(settlement_date) filter (list_max(kw) > agreed_capacity_kva) as last_above_on
  from days
  group by meter_point_id
),

rates as (
  select tariff, sum(rate) / 100 * 365 as gbp_per_kva_a_year
  from council.tariffs
  where line = 'capacity' and unit = 'p/kVA/day' and holds_on(getvariable('as_of'), valid_from, valid_to)
  group by tariff
)

select
  m.meter_point_id, m.site_id, s.site_name, m.agreed_capacity_kva::double as agreed_capacity_kva,
  coalesce(h.whole_days, 0)::integer as whole_days,
  round(h.max_kw, 3)::double as max_kw,
  (h.max_at.settlement_date::timestamp + to_minutes(30 * c.clock_half_hour::bigint))::timestamp_ms as max_at,
  coalesce(h.half_hours_above, 0)::integer as half_hours_above,
  h.first_above_on::timestamp_ms as first_above_on, h.last_above_on::timestamp_ms as last_above_on,
  r.gbp_per_kva_a_year::double as gbp_per_kva_a_year,
  -- Between what a power factor of 1 would need, and what a poor one with something to spare would.
  if(h.whole_days >= threshold('capacity_days') and h.max_kw < threshold('capacity_spare') * m.agreed_capacity_kva,
    greatest(m.agreed_capacity_kva - threshold('capacity_kva_per_kw') * h.max_kw, 0), null)::double as spare_kva_low,
  if(h.whole_days >= threshold('capacity_days') and h.max_kw < threshold('capacity_spare') * m.agreed_capacity_kva,
    m.agreed_capacity_kva - h.max_kw, null)::double as spare_kva_high
from meters m
join council.sites s using (site_id)
left join highest h using (meter_point_id)
left join intermediate.clock_half_hours c on c.day_kind = h.max_at.day_kind and c.settlement_period = h.max_at.settlement_period
left join rates r using (tariff)
order by m.meter_point_id
