-- The outside temperature at each station on each local day, and its degree days below `degree_day_base` by two methods: what the day's mean lacks (as CalTRACK), and
-- the mean of what each hour lacks, which finds some in a day of cold morning and warm noon. A station gives hours, or the mean of a day, or its highest and lowest; the best it gives of a day is taken. Hours that are not
-- held are not filled in: a day of which too few are held has no temperature, and how many are is beside it.
-- grain: station_id, settlement_date
with
hours as (
  select
    area as station_id, local_date(starts_at) as settlement_date,
    latest.value as celsius
  from staging.observations
  where series = 'air_temperature' and period = 'hour' and item = ''
),

hourly_days as (
  select
    station_id, settlement_date,
    count(celsius)::integer as held_hours,
    round(avg(celsius), 4)::decimal(9, 4) as mean_c,
    round(avg(degrees_lacking(celsius)), 4)::decimal(9, 4) as hourly_degree_days
  from hours
  group by station_id, settlement_date
),

daily as (
  select
    area as station_id, starts_at::date as settlement_date,
    max(latest.value) filter (item = '') as mean_c,
    max(latest.value) filter (item = 'max') as max_c,
    max(latest.value) filter (item = 'min') as min_c
  from staging.observations
  where series = 'air_temperature' and period = 'day'
  group by area, starts_at::date
),

days as (
  select
    coalesce(h.station_id, d.station_id) as station_id,
    coalesce(h.settlement_date, d.settlement_date) as settlement_date,
    case
      when h.held_hours >= threshold('speaks') * s.periods / 2 then 'hours'
      when d.mean_c is not null then 'mean of the day'
      when d.max_c is not null and d.min_c is not null then 'highest and lowest'
    end as known_by,
    h.held_hours, s.periods // 2 as hours, h.mean_c as hourly_mean_c, h.hourly_degree_days, d.mean_c, d.max_c, d.min_c
  from hourly_days h
  full join daily d on d.station_id = h.station_id and d.settlement_date = h.settlement_date
  join ops.settlement_days s on s.settlement_date = coalesce(h.settlement_date, d.settlement_date)
),

known as (
  select
    *,
    case known_by when 'hours' then hourly_mean_c when 'mean of the day' then mean_c when 'highest and lowest' then (max_c + min_c) / 2 end::decimal(9, 4) as celsius
  from days
  where settlement_date <= getvariable('as_of')
)

select
  station_id, settlement_date, known_by,
  coalesce(held_hours, 0) as held_hours, hours::integer as hours,
  celsius as mean_c,
  round(degrees_lacking(celsius), 4)::decimal(9, 4) as mean_degree_days,
  case when known_by = 'hours' then hourly_degree_days end as hourly_degree_days
from known
