-- What each site's water runs at in the quietest half-hour of each night, litres an hour: of the four from 02:00 to 04:00 by the wall clock, the hours in which water
-- companies measure the minimum night flow, since nobody draws any. A night is here where all its half-hours were read, not estimated, of every water meter of the site.
-- grain: site_id, settlement_date
with
half_hours as (
  select
    d.site_id, d.settlement_date, c.settlement_period,
    sum(won(d.quantity, d.present, c.settlement_period)::decimal(18, 6)) as m3,
    bool_and(d.present & ~d.estimated & (1::ubigint << (c.settlement_period - 1)::ubigint) <> 0) as is_read
  from intermediate.water_heat_days d
  join intermediate.clock_half_hours c on c.day_kind = d.day_kind and c.clock_half_hour between 4 and 7
  anti join intermediate.beside_totals b on b.meter_point_id = d.meter_point_id and b.settlement_date = d.settlement_date
  where d.energy = 'water'
  group by d.site_id, d.settlement_date, c.settlement_period
)

select site_id, settlement_date, (2000 * min(m3))::decimal(18, 3) as night_l_per_h
from half_hours
group by site_id, settlement_date
having bool_and(is_read)
