-- What a meter counted between two days on which all its registers were read, in their unit: the registers of one serial number added up, never a difference
-- across serial numbers. A register without a name is the whole meter, apart from those with one. Of several reads in a day the first stands for the start of that day. quantity is null where a register went back meanwhile.
-- grain: meter_point_id, serial, unit, is_whole, first_date
with
counted as (
  select
    *,
    coalesce(sum(quantity) over earlier, 0) as counted_before,
    count(*) filter (quantity is null) over earlier as breaks_before
  from intermediate.register_links
  window earlier as (
    partition by meter_point_id, serial, unit, register order by read_at
    rows between unbounded preceding and 1 preceding
  )
),

openings as (
  select
    meter_point_id, energy, serial, unit, register, register = '' as is_whole, read_date,
    arg_min({'is_estimated': is_estimated, 'counted': counted_before, 'breaks': breaks_before}, read_at) as opening
  from counted
  group by all
),

common as (
  select
    meter_point_id, energy, serial, unit, is_whole, read_date,
    count(*) as registers,
    bool_or(opening.is_estimated) as is_estimated,
    sum(opening.counted) as counted,
    sum(opening.breaks) as breaks
  from openings
  group by all
),

needed as (
  select meter_point_id, serial, unit, is_whole, count(distinct register) as registers
  from openings
  group by all
),

periods as (
  select
    c.*,
    lead(read_date) over dates as next_date,
    lead(counted) over dates as next_counted,
    lead(breaks) over dates as next_breaks,
    lead(is_estimated) over dates as next_is_estimated
  from common c
  join needed using (meter_point_id, serial, unit, is_whole, registers)
  window dates as (partition by meter_point_id, serial, unit, is_whole order by read_date)
)

select
  meter_point_id, energy, serial, unit, is_whole, read_date as first_date, (next_date - 1)::date as last_date,
  case when next_breaks = breaks then next_counted - counted end::decimal(28, 6) as quantity,
  is_estimated or next_is_estimated as is_estimated
from periods
where next_date is not null
