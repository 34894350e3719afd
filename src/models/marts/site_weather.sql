-- The weather station of each site, how far and how high it is, and its last 365 days: how many are known, the longest gap, and the degree days of the days that are, by two
-- methods, beside those of the 365 days before. What is not held is not filled in: degree days of a year with gaps are those of its known days.
-- grain: site_id
with
days as (
  select
    w.station_id, d.settlement_date, s.mean_c, s.known_by, s.mean_degree_days, s.hourly_degree_days,
    d.settlement_date > getvariable('as_of') - 365 as is_new
  from intermediate.weather_stations w
  join ops.settlement_days d on d.settlement_date > getvariable('as_of') - 730 and d.settlement_date <= getvariable('as_of')
  left join intermediate.station_days s on s.station_id = w.station_id and s.settlement_date = d.settlement_date
),

gaps as (
  select station_id, count(*) as days
  from (
    select station_id, settlement_date - row_number() over (partition by station_id order by settlement_date)::integer as gap
    from days
    where mean_c is null and is_new
  )
  group by station_id, gap
),

years as (
  select
    station_id,
    count(mean_c) filter (is_new)::integer as known_days,
    count(mean_c) filter (not is_new)::integer as known_days_before,
    sum(mean_degree_days) filter (is_new)::double as mean_degree_days,
    sum(mean_degree_days) filter (not is_new)::double as mean_degree_days_before,
    case when count(hourly_degree_days) filter (is_new) = count(mean_c) filter (is_new) then sum(hourly_degree_days) filter (is_new)::double end as hourly_degree_days,
    max(settlement_date) filter (mean_c is not null) as last_day
  from days
  group by station_id
)

select
  s.site_id, s.station_id, w.station_name, s.distance_km::double as distance_km, w.height_m::double as height_m,
  y.known_days, coalesce((select max(g.days) from gaps g where g.station_id = s.station_id), 0)::integer as longest_gap_days,
  y.last_day::timestamp_ms as last_day,
  threshold('degree_day_base')::double as base_c,
  y.mean_degree_days, y.hourly_degree_days, y.known_days_before, y.mean_degree_days_before
from intermediate.site_stations s
join intermediate.weather_stations w using (station_id)
join years y using (station_id)
order by s.site_id
