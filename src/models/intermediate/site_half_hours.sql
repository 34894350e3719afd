-- The half-hours of each site and energy: its meters added up. A half-hour counts as present only where every meter that should be read is.
-- grain: site_id, energy, settlement_date
with
expected as (
  select site_id, energy, settlement_date, count(*) as meters
  from intermediate.meter_calendar d
  anti join intermediate.beside_totals using (meter_point_id, settlement_date)
  where channel = 'import'
  group by site_id, energy, settlement_date
),

added as (
  select
    m.site_id, m.energy, c.settlement_date,
    count(*) as meters,
    sum_slots(kwh) as kwh,
    bit_and(c.present) as present,
    bit_or(c.estimated) as estimated
  from intermediate.current_meter_days c
  join intermediate.meter_lives m on m.meter_point_id = c.meter_point_id and c.settlement_date between m.from_date and m.to_date
  anti join council.generation_assets on generation_meter_id = c.meter_point_id
  anti join intermediate.beside_totals b on b.meter_point_id = c.meter_point_id and b.settlement_date = c.settlement_date
  where c.channel = 'import'
  group by m.site_id, m.energy, c.settlement_date
)

select
  a.site_id, a.energy, a.settlement_date, d.periods, d.day_kind, a.kwh,
  case when a.meters = e.meters then a.present else 0::ubigint end as present,
  a.estimated
from added a
join expected e using (site_id, energy, settlement_date)
join ops.settlement_days d using (settlement_date)
