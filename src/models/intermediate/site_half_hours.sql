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

known as (
  select
    i.site_id, i.energy, i.settlement_date, d.periods, d.day_kind,
    if(o.present = 0, 'import', 'use') as quantity,
    coalesce(o.present, 0::ubigint) as own_present, o.kwh as own_kwh,
    i.kwh as import_kwh,
    if(i.meters = e.meters, i.present, 0::ubigint) & if(o.present <> 0, o.present, ~0::ubigint) as present,
    i.present_in_any | if(o.present <> 0, o.present, 0::ubigint) as present_in_any,
    i.estimated | if(o.present <> 0, o.estimated, 0::ubigint) as estimated
  from intermediate.site_imports i
  join expected e using (site_id, energy, settlement_date)
  join ops.settlement_days d using (settlement_date)
  left join (select *, 'electricity' as energy from intermediate.site_own_use) o using (site_id, energy, settlement_date)
)

-- Few days need a sum or a mask of their own: the rest pass straight through.
select site_id, energy, settlement_date, periods, day_kind, quantity, import_kwh as kwh, present, estimated & present as estimated
from known
where own_present = 0 and present = present_in_any
union all
select
  site_id, energy, settlement_date, periods, day_kind, quantity,
  add_slots(import_kwh, own_kwh, present),
  present, estimated & present
from known
where own_present <> 0 or present <> present_in_any
