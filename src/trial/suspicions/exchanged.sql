-- Days of a delivery that stand apart at the beginnings of months, while the days that they are with day and month exchanged are missing beside its rest: day
-- and month are exchanged. Nothing shows which of its other days are, so all that could be are doubted.
-- rank: 2
-- screen: is_gappy
with
gappy as (
  select distinct load_id, meter_key, channel, unit
  from trial_rated
  where looks_exchanged
),

dates as (
  select d.load_id, d.meter_key, d.channel, d.unit, d.settlement_date, d.present
  from raw.meter_days d
  semi join gappy using (load_id, meter_key, channel, unit)
  where d.present <> 0
),

runs as (
  select *, settlement_date - (row_number() over (partition by load_id, meter_key, channel, unit order by settlement_date))::integer as run
  from dates
),

islands as (
  select
    load_id, meter_key, channel, unit, run, count(*) as island_days,
    min(settlement_date) - lag(max(settlement_date)) over series as since_last,
    lead(min(settlement_date)) over series - max(settlement_date) as until_next
  from runs
  group by load_id, meter_key, channel, unit, run
  window series as (partition by load_id, meter_key, channel, unit order by run)
),

placed as (
  select r.*, i.island_days, least(coalesce(since_last, 99), coalesce(until_next, 99)) >= threshold('trial_exchanged_apart') and island_days <= 12 as is_apart
  from runs r
  join islands i using (load_id, meter_key, channel, unit, run)
),

moved as (
  select *, try_strptime(strftime(settlement_date, '%Y-%d-%m'), '%Y-%m-%d')::date as other_date
  from placed
  where is_apart and day(settlement_date) <= 12 and day(settlement_date) <> month(settlement_date)
),

missing as (
  select m.load_id, m.meter_key, m.channel, m.unit, m.settlement_date
  from moved m
  anti join dates d
    on d.load_id = m.load_id and d.meter_key = m.meter_key and d.channel = m.channel and d.unit = m.unit and d.settlement_date = m.other_date
  semi join (from placed where island_days > 12) b
    on b.load_id = m.load_id and b.meter_key = m.meter_key and b.channel = m.channel and b.unit = m.unit
    and b.settlement_date between m.other_date - 13 and m.other_date + 13
),

shown as (
  select load_id, meter_key, channel, unit
  from missing
  group by load_id, meter_key, channel, unit
  having count(*) >= threshold('trial_exchanged_days') and count(distinct month(settlement_date)) >= threshold('trial_exchanged_months')
)

select r.load_id, r.meter_key, r.channel, r.unit, r.settlement_date, r.present as half_hours, r.total as found, r.total_mid as usual
from trial_rated r
semi join shown using (load_id, meter_key, channel, unit)
where r.looks_exchanged and day(r.settlement_date) <= 12 and day(r.settlement_date) <> month(r.settlement_date)
