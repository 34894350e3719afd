-- The half-hours of heat that the heat meters of each site deliver, added up, kWh of heat: a quantity of its own. A half-hour is present only where every heat meter that should be
-- read is; what is not present is zero. What stands behind another meter is in that one. Columns as of site_half_hours.
-- grain: site_id, settlement_date
with added as (
  select
    d.site_id, d.settlement_date, d.periods, d.day_kind,
    sum_slots(d.quantity) as kwh,
    bit_and(coalesce(d.present, 0::ubigint)) as present,
    bit_or(coalesce(d.estimated, 0::ubigint)) as estimated
  from intermediate.water_heat_days d
  anti join intermediate.beside_totals b on b.meter_point_id = d.meter_point_id and b.settlement_date = d.settlement_date
  where d.energy = 'heat' and d.settlement_date > getvariable('as_of') - 820
  group by d.site_id, d.settlement_date, d.periods, d.day_kind
)

select
  site_id, 'heat' as energy, settlement_date, periods, day_kind, 'use' as quantity,
  list_transform(range(1, 51), slot -> coalesce(won(kwh, present, slot), 0))::double[50] as kwh,
  present, estimated & present as estimated
from added
where present <> 0
