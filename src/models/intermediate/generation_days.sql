-- What each asset made on each day, what its site exported and what was used on site: half-hour by half-hour, where both meters are held.
-- What is known of generation only as the sum of a day or longer counts in generation alone: nothing says how much of it was used when.
-- A half-hour in which export is metered above generation (clocks or rounding) counts as zero own use, never as a negative one. A missing read is not zero.
-- own_use is what was used on site in each half-hour that is `matched`, `known` the half-hours of generation that are read or lie in a longer sum. The repeated autumn hour of a file that has no place for it is no gap.
-- grain: asset_id, settlement_date
with days as (
  select
    a.asset_id, a.export_meter_point_id, c.settlement_date, d.periods, d.day_kind,
    g.kwh as generated, coalesce(g.present, 0::ubigint) as generation_present, coalesce(p.slots, 0::ubigint) as period_slots, coalesce(g.estimated, 0::ubigint) as estimated,
    p.quantity_per_half_hour * bit_count(p.slots & ~coalesce(g.present, 0::ubigint)) as period_kwh,
    x.kwh as exported, coalesce(x.present, 0::ubigint) as export_present, coalesce(x.estimated, 0::ubigint) as export_estimated
  from council.generation_assets a
  join intermediate.meter_calendar c on c.meter_point_id = a.generation_meter_id
  join ops.settlement_days d using (settlement_date)
  left join intermediate.current_meter_days g
    on g.meter_point_id = a.generation_meter_id and g.channel = 'generation' and g.settlement_date = c.settlement_date
  left join intermediate.period_days p
    on p.meter_point_id = a.generation_meter_id and p.channel = 'generation' and p.settlement_date = c.settlement_date
  left join intermediate.current_meter_days x
    on x.meter_point_id = a.export_meter_point_id and x.channel = 'export' and x.settlement_date = c.settlement_date
  where holds_on(c.settlement_date, a.valid_from, a.valid_to)
),

matched_days as (
  select
    *, generation_present & export_present as matched,
    case when matched <> 0 then list_transform(range(1, 51), slot -> greatest(won(generated, matched, slot) - won(exported, matched, slot), 0)) end::double[50] as own_use
  from days
)

select
  asset_id, settlement_date,
  if(generated is null and period_kwh is null, null, coalesce(list_sum(generated), 0) + coalesce(period_kwh, 0))::decimal(18, 4) as generation_kwh,
  list_sum(exported)::decimal(18, 4) as export_kwh,
  list_sum(own_use)::decimal(18, 4) as self_consumption_kwh,
  own_use, matched, generation_present | period_slots as known, (estimated | export_estimated) & matched as own_use_estimated,
  periods - repeated_without_a_place(day_kind, generation_present) as expected_half_hours,
  bit_count(generation_present)::integer as present_half_hours,
  bit_count(matched)::integer as matched_half_hours,
  bit_count(estimated)::integer as estimated_half_hours
from matched_days
