-- The half-hours that the meters of each site and energy import, added up.
-- grain: site_id, energy, settlement_date
select
  m.site_id, m.energy, c.settlement_date,
  count(*) as meters,
  sum_slots(kwh) as kwh,
  bit_and(c.present) as present,
  bit_or(c.present) as present_in_any,
  bit_or(c.estimated) as estimated
from intermediate.current_meter_days c
join intermediate.meter_lives m on m.meter_point_id = c.meter_point_id and c.settlement_date between m.from_date and m.to_date
anti join council.generation_assets on generation_meter_id = c.meter_point_id
anti join intermediate.beside_totals b on b.meter_point_id = c.meter_point_id and b.settlement_date = c.settlement_date
where c.channel = 'import'
group by m.site_id, m.energy, c.settlement_date
