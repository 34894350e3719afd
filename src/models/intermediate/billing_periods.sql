-- The periods of a year by which meters without half-hours are known, each with the mean power of the meter, kW: from one read, bill or statement to the next. Estimated ones in a
-- row are one period up to where an actual one puts them right, if that is no longer than `billing_longest_days`; those at the end are left out (CalTRACK 2.0, 2.2.3).
-- Days of which half-hours are held belong to no period. A period of fewer than `billing_shortest_days` or more than `billing_longest_days` says too little of the weather.
-- grain: meter_point_id, first_date
with
days as (
  select p.meter_point_id, p.settlement_date, p.begins_on, p.source, p.is_estimated, p.quantity_per_half_hour * bit_count(p.slots) as kwh, s.periods / 2 as hours
  from intermediate.period_days p
  join ops.settlement_days s using (settlement_date)
  left join intermediate.metered_days m using (meter_point_id, channel, settlement_date)
  where p.channel = 'import' and p.energy in ('electricity', 'gas') and coalesce(m.present_half_hours, 0) = 0 and bit_count(p.slots) = s.periods
    and p.settlement_date > getvariable('as_of') - 400
),

periods as (
  select
    meter_point_id, source, begins_on, bool_or(is_estimated) as is_estimated,
    min(settlement_date) as first_date, max(settlement_date) as last_date, count(*) as days,
    sum(kwh::decimal(28, 8)) as kwh, sum(hours) as hours
  from days
  group by meter_point_id, source, begins_on
),

-- Estimated periods in a row are one. Between reads what they come to is right with the next actual read, at which the next period begins; a bill that is not
-- estimated holds what the estimated ones before it were wrong by, and is one with them.
linked as (
  select
    *,
    coalesce(lag(is_estimated) over by_time and lag(last_date) over by_time = first_date - 1, false) and (source <> 'read pair' or is_estimated) as is_linked,
    not is_estimated or (source = 'read pair' and coalesce(not lead(is_estimated) over by_time and lead(first_date) over by_time = last_date + 1, false)) as is_right
  from periods
  where days = last_date - first_date + 1 and first_date = begins_on
  window by_time as (partition by meter_point_id order by first_date)
),

chained as (
  select *, count(*) filter (not is_linked) over (partition by meter_point_id order by first_date) as chain
  from linked
),

chains as (
  select
    meter_point_id, min(first_date) as first_date, max(last_date) as last_date, sum(days)::integer as days, sum(kwh) as kwh, sum(hours) as hours,
    arg_max(is_right, first_date) as is_right
  from chained
  group by meter_point_id, chain
)

select meter_point_id, first_date, last_date, days, (kwh / hours)::double as kw
from chains
where is_right and days = last_date - first_date + 1
  and days between threshold('billing_shortest_days') and threshold('billing_longest_days')
