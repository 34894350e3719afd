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
    [
    sum(kwh[1]::decimal(18, 4)), sum(kwh[2]::decimal(18, 4)), sum(kwh[3]::decimal(18, 4)), sum(kwh[4]::decimal(18, 4)), sum(kwh[5]::decimal(18, 4)),
    sum(kwh[6]::decimal(18, 4)), sum(kwh[7]::decimal(18, 4)), sum(kwh[8]::decimal(18, 4)), sum(kwh[9]::decimal(18, 4)), sum(kwh[10]::decimal(18, 4)),
    sum(kwh[11]::decimal(18, 4)), sum(kwh[12]::decimal(18, 4)), sum(kwh[13]::decimal(18, 4)), sum(kwh[14]::decimal(18, 4)), sum(kwh[15]::decimal(18, 4)),
    sum(kwh[16]::decimal(18, 4)), sum(kwh[17]::decimal(18, 4)), sum(kwh[18]::decimal(18, 4)), sum(kwh[19]::decimal(18, 4)), sum(kwh[20]::decimal(18, 4)),
    sum(kwh[21]::decimal(18, 4)), sum(kwh[22]::decimal(18, 4)), sum(kwh[23]::decimal(18, 4)), sum(kwh[24]::decimal(18, 4)), sum(kwh[25]::decimal(18, 4)),
    sum(kwh[26]::decimal(18, 4)), sum(kwh[27]::decimal(18, 4)), sum(kwh[28]::decimal(18, 4)), sum(kwh[29]::decimal(18, 4)), sum(kwh[30]::decimal(18, 4)),
    sum(kwh[31]::decimal(18, 4)), sum(kwh[32]::decimal(18, 4)), sum(kwh[33]::decimal(18, 4)), sum(kwh[34]::decimal(18, 4)), sum(kwh[35]::decimal(18, 4)),
    sum(kwh[36]::decimal(18, 4)), sum(kwh[37]::decimal(18, 4)), sum(kwh[38]::decimal(18, 4)), sum(kwh[39]::decimal(18, 4)), sum(kwh[40]::decimal(18, 4)),
    sum(kwh[41]::decimal(18, 4)), sum(kwh[42]::decimal(18, 4)), sum(kwh[43]::decimal(18, 4)), sum(kwh[44]::decimal(18, 4)), sum(kwh[45]::decimal(18, 4)),
    sum(kwh[46]::decimal(18, 4)), sum(kwh[47]::decimal(18, 4)), sum(kwh[48]::decimal(18, 4)), sum(kwh[49]::decimal(18, 4)), sum(kwh[50]::decimal(18, 4))
    ]::double[50] as kwh,
    bit_and(c.present) as present,
    bit_or(c.estimated) as estimated
  from intermediate.current_meter_days c
  join council.meter_points m using (meter_point_id)
  anti join council.generation_assets on generation_meter_id = c.meter_point_id
  anti join intermediate.beside_totals using (meter_point_id, settlement_date)
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
