-- The half-hours of each site and energy: what it uses, which is what its meters import and what it uses of its own generation, added up. A half-hour is
-- present only where every meter that should be read is, and generation and export too; what is not present is zero. `quantity` is import on a day on which
-- the site has plant of its own and no half-hour of its use is known: export is not metered, generation is known by the day alone, or one of them is not held.
-- grain: site_id, energy, settlement_date
with
expected as (
  select site_id, energy, settlement_date, count(*) as meters
  from intermediate.meter_calendar d
  anti join intermediate.beside_totals using (meter_point_id, settlement_date)
  where channel = 'import'
  group by site_id, energy, settlement_date
),

addends as (
  select m.site_id, m.energy, c.settlement_date, true as is_import, c.kwh, c.present, c.estimated
  from intermediate.current_meter_days c
  join intermediate.meter_lives m on m.meter_point_id = c.meter_point_id and c.settlement_date between m.from_date and m.to_date
  anti join council.generation_assets on generation_meter_id = c.meter_point_id
  anti join intermediate.beside_totals b on b.meter_point_id = c.meter_point_id and b.settlement_date = c.settlement_date
  where c.channel = 'import'
  union all
  select site_id, 'electricity', settlement_date, false, kwh, present, estimated
  from intermediate.site_own_use
  where present <> 0
),

added as (
  select
    site_id, energy, settlement_date,
    count(*) filter (is_import) as meters,
    sum_slots(kwh) as kwh,
    bit_and(present) as present,
    bit_or(present) as present_in_any,
    bit_or(estimated) as estimated
  from addends
  group by site_id, energy, settlement_date
),

known as (
  select
    a.site_id, a.energy, a.settlement_date, d.periods, d.day_kind, a.kwh, a.estimated, a.present_in_any,
    if(a.meters = e.meters, a.present, 0::ubigint) as present,
    if(o.present = 0, 'import', 'use') as quantity
  from added a
  join expected e using (site_id, energy, settlement_date)
  join ops.settlement_days d using (settlement_date)
  left join intermediate.site_own_use o on o.site_id = a.site_id and o.settlement_date = a.settlement_date and a.energy = 'electricity'
  where a.meters > 0
)

-- Two selects, since DuckDB has no case between arrays.
select site_id, energy, settlement_date, periods, day_kind, quantity, kwh, present, estimated & present as estimated
from known
where present = present_in_any
union all
select
  site_id, energy, settlement_date, periods, day_kind, quantity,
  list_transform(range(1, 51), slot -> won(kwh, present, slot))::double[50], present, estimated & present
from known
where present <> present_in_any
