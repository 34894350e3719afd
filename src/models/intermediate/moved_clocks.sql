-- Electricity meters whose clock has moved by half an hour or an hour, or up to two: the clock of the logger. Both waves of the day's shape moved by the same time, from
-- one open day to the next and by more than those before strayed, and stayed there; what people do moves one of them, or drifts. Where a meter strayed little a year ago it must
-- stand away from there too. Of one that moved before the newest eleven weeks a year ago alone tells.
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

-- The newest eleven weeks, from where the first of their days stood, and from where the meter stood a year ago where it strayed little.
newest_days as (
  select
    d.meter_point_id, d.settlement_date,
    (d.phase - f.phase + 540) % 360 - 180 as phase, (d.second_phase - f.second_phase + 540) % 360 - 180 as second_phase,
    (d.phase - y.phase + 540) % 360 - 180 as by_phase, (d.second_phase - y.second_phase + 540) % 360 - 180 as by_second_phase,
    row_number() over (partition by d.meter_point_id order by d.settlement_date desc) as newest
  from days d
  join (
    select meter_point_id, arg_min(phase, {'day': settlement_date, 'phase': phase}) as phase, arg_min(second_phase, {'day': settlement_date, 'phase': second_phase}) as second_phase
    from days
    where settlement_date >= getvariable('as_of') - 77
    group by meter_point_id
  ) f using (meter_point_id)
  left join a_year_ago y on y.meter_point_id = d.meter_point_id and y.spread < threshold('clock_spread') and y.second_spread < 2 * threshold('clock_spread')
  where d.settlement_date >= getvariable('as_of') - 77
),

newest as (
  select
    meter_point_id, median(phase) as phase, median(second_phase) as second_phase, median(by_phase) as by_phase, median(by_second_phase) as by_second_phase
  from newest_days
  where newest <= threshold('clock_days')
  group by meter_point_id
  having count(*) = threshold('clock_days') and max(settlement_date) > getvariable('as_of') - threshold('finding_stale_days')::integer
),

-- The day from which a meter stands furthest from the twelve days before.
steps as (
  select
    meter_point_id, settlement_date, newest,
    median(phase) over before as phase, quantile_cont(phase, 0.9) over before - quantile_cont(phase, 0.1) over before as spread,
    median(second_phase) over before as second_phase, quantile_cont(second_phase, 0.9) over before - quantile_cont(second_phase, 0.1) over before as second_spread,
    count(*) over before as days_before,
    abs(median(phase) over since - median(phase) over before) as step
  from newest_days
  window
    before as (partition by meter_point_id order by settlement_date rows between 12 preceding and 1 preceding),
    since as (partition by meter_point_id order by settlement_date rows between current row and 5 following)
),

moves as (
  select meter_point_id, s.settlement_date, s.phase, n.phase - s.phase as by_phase, n.second_phase - s.second_phase as by_second_phase
  from steps s
  join newest n using (meter_point_id)
  where s.days_before >= threshold('clock_days') and s.newest >= threshold('clock_days')
    and s.spread < threshold('clock_spread') and s.second_spread < 2 * threshold('clock_spread')
    and abs(n.phase - s.phase) > s.spread and abs(n.second_phase - s.second_phase) > s.second_spread
    and coalesce(n.by_phase / nullif(n.phase - s.phase, 0) > 0.5, true)
  qualify row_number() over (partition by meter_point_id order by s.step desc, s.settlement_date) = 1
),

begun as (
  select m.meter_point_id, m.phase, m.by_phase, m.by_second_phase, min(d.settlement_date) as since
  from moves m
  join newest_days d on d.meter_point_id = m.meter_point_id and d.settlement_date >= m.settlement_date and (d.phase - m.phase) / m.by_phase > 0.5
  group by all
),

-- It stayed: on nearly all days since then it stands nearer to where it is now.
stepped as (
  select b.meter_point_id, b.by_phase, b.by_second_phase, b.since
  from begun b
  join newest_days d on d.meter_point_id = b.meter_point_id and d.settlement_date >= b.since
  group by all
  having avg(((d.phase - b.phase) / b.by_phase > 0.5)::integer) >= threshold('finding_days_above')
),

-- Since before the newest eleven weeks: all of their days stand away from a year ago.
long_moved as (
  select meter_point_id, n.by_phase, n.by_second_phase, min(d.settlement_date) as since
  from newest n
  join newest_days d using (meter_point_id)
  where n.by_phase is not null
  group by meter_point_id, n.by_phase, n.by_second_phase
  having bool_and(d.by_phase / n.by_phase >= 0.5) and count(*) >= 2 * threshold('clock_days')
)

select meter_point_id, round(by_phase / 7.5)::integer as half_hours, since
from (from stepped union all from long_moved)
where abs(half_hours) between 1 and 4
  and abs(by_phase - 7.5 * half_hours) < threshold('clock_within') and abs(by_second_phase - 15 * half_hours) < 2 * threshold('clock_within')
qualify row_number() over (partition by meter_point_id order by since) = 1
