-- Electricity meters whose whole day stands half an hour or an hour, or up to two, from where it stood a year ago: the clock of the logger. Both waves of the day's
-- shape have moved by the same time, on nearly all of the newest open days; what people do moves one of them. Nothing of a meter whose shape strayed a year ago.
-- grain: meter_point_id
with
-- Degrees from where a wave that is highest at noon stands; a half-hour is 7.5 of the first wave and 15 of the second.
days as (
  select
    c.meter_point_id, c.settlement_date,
    degrees(atan2(-array_inner_product(c.kwh, wave('sine', 1)), -array_inner_product(c.kwh, wave('cosine', 1)))) as phase,
    degrees(atan2(array_inner_product(c.kwh, wave('sine', 2)), array_inner_product(c.kwh, wave('cosine', 2)))) as second_phase
  from intermediate.current_meter_days c
  join intermediate.meter_lives m on m.meter_point_id = c.meter_point_id and c.settlement_date between m.from_date and m.to_date
  join intermediate.site_calendar s on s.site_id = m.site_id and s.settlement_date = c.settlement_date and s.day_class = 'open'
  join ops.settlement_days d on d.settlement_date = c.settlement_date and d.periods = 48
  where c.channel = 'import' and m.energy = 'electricity' and bit_count(c.present) = 48 and isodow(c.settlement_date) < 6
    and (
      c.settlement_date between getvariable('as_of') - 77 and getvariable('as_of')
      or c.settlement_date between getvariable('as_of') - 392 and getvariable('as_of') - 350
    )
),

a_year_ago as (
  select
    meter_point_id,
    median(phase) as phase, quantile_cont(phase, 0.9) - quantile_cont(phase, 0.1) as spread,
    median(second_phase) as second_phase, quantile_cont(second_phase, 0.9) - quantile_cont(second_phase, 0.1) as second_spread
  from days
  where settlement_date < getvariable('as_of') - 300
  group by meter_point_id
  having count(*) >= 10
),

moved as (
  select
    d.meter_point_id, d.settlement_date,
    (d.phase - y.phase + 540) % 360 - 180 as by_phase,
    (d.second_phase - y.second_phase + 540) % 360 - 180 as by_second_phase,
    row_number() over (partition by d.meter_point_id order by d.settlement_date desc) as newest
  from days d
  join a_year_ago y using (meter_point_id)
  where d.settlement_date >= getvariable('as_of') - 77
    and y.spread < threshold('clock_spread') and y.second_spread < 2 * threshold('clock_spread')
),

newest as (
  select
    meter_point_id, median(by_phase) as by_phase, median(by_second_phase) as by_second_phase, round(median(by_phase) / 7.5)::integer as half_hours
  from moved
  where newest <= threshold('clock_days')
  group by meter_point_id
  having count(*) = threshold('clock_days') and max(settlement_date) > getvariable('as_of') - threshold('finding_stale_days')::integer
),

-- The last day on which it stood nearer to where it was.
unmoved as (
  select m.meter_point_id, max(m.settlement_date) as settlement_date
  from moved m
  join newest n using (meter_point_id)
  where m.by_phase / n.by_phase < 0.5
  group by m.meter_point_id
),

first_days as (
  select m.meter_point_id, min(m.settlement_date) as since, count(*) as days
  from moved m
  left join unmoved u using (meter_point_id)
  where u.settlement_date is null or m.settlement_date > u.settlement_date
  group by m.meter_point_id
)

select n.meter_point_id, n.half_hours, f.since
from newest n
join first_days f using (meter_point_id)
where abs(n.half_hours) between 1 and 4
  and abs(n.by_phase - 7.5 * n.half_hours) < threshold('clock_within') and abs(n.by_second_phase - 15 * n.half_hours) < 2 * threshold('clock_within')
  and f.days >= threshold('clock_days')
