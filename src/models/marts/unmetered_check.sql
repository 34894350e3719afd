-- Unmetered supplies: what is counted, half-hourly data of the meter administrator before bills, against what the inventory of items would burn in the same days.
-- grain: meter_point_id, reporting_year
-- check: inventory_kwh > 0
with
days as (
  select settlement_date, periods, reporting_year, date_diff('day', reporting_year_start(reporting_year), reporting_year_start(reporting_year + 1)) as year_days
  from (select *, reporting_year_of(settlement_date) as reporting_year from ops.settlement_days)
  where settlement_date <= getvariable('as_of')
),

first_days as (
  select meter_point_id, min(settlement_date) as first_date
  from intermediate.metered_days
  where channel = 'import'
  group by meter_point_id
),

item_days as (
  select
    u.meter_point_id, u.items * u.circuit_watts::decimal(18, 4) * u.burning_hours_a_year::decimal(12, 4) / 1000 as kwh_a_year,
    d.reporting_year, d.settlement_date, d.year_days
  from council.unmetered_inventory u
  join intermediate.meter_lives m using (meter_point_id)
  left join first_days f using (meter_point_id)
  join days d
    on d.settlement_date between u.valid_from and u.valid_to
    and d.settlement_date between if(
      is_given(m.from_date), m.from_date,
      coalesce(f.first_date, date_trunc('year', getvariable('as_of') - interval 3 month)::date + interval 3 month)
    ) and m.to_date
),

inventoried as (
  select meter_point_id, reporting_year, sum((kwh_a_year / year_days)::decimal(24, 10)) as kwh
  from item_days
  group by meter_point_id, reporting_year
),

counted as (
  select
    i.meter_point_id, i.reporting_year,
    sum(m.counted_kwh) as kwh,
    sum(i.periods - coalesce(m.present_half_hours + m.period_half_hours, 0)) as missing_half_hours
  from (select distinct meter_point_id, reporting_year, settlement_date, periods from item_days join days using (reporting_year, settlement_date)) i
  left join (select * from intermediate.metered_days where channel = 'import') m using (meter_point_id, settlement_date)
  group by i.meter_point_id, i.reporting_year
)

select
  i.meter_point_id, i.reporting_year,
  c.kwh::decimal(18, 4)::double as counted_kwh,
  i.kwh::decimal(18, 4)::double as inventory_kwh,
  ((c.kwh - i.kwh) / i.kwh)::decimal(18, 6)::double as difference_share,
  c.missing_half_hours::integer as missing_half_hours
from inventoried i
join counted c using (meter_point_id, reporting_year)
order by i.meter_point_id, i.reporting_year
