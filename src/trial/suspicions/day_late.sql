-- A week whose days stand a day from where they stand: a Saturday like a working day and the Monday after it like a weekend, or a Friday like a weekend
-- and the Sunday after it like a working day, and the rest of the week as usual. Of a meter whose weekends hardly ever come near a working day: where
-- Saturdays are worked, or panels feed the building, one sunny Monday would say as much.
-- rank: 10
-- screen: energy = 'electricity' and flow = 'import' and working_total_mid > threshold('trial_working_week') * weekend_total_mid and weekend_total_high < sqrt(working_total_mid * weekend_total_mid) and (total > sqrt(working_total_mid * weekend_total_mid)) = is_weekend
with
odd as (
  select
    *, isodow(settlement_date) as weekday,
    abs(ln(total / if(is_weekend, working_total_mid, weekend_total_mid))) < threshold('trial_day_late_within') as is_alike
  from trial_rated
  where looks_day_late and total > 0
),

weeks as (
  select
    a.load_id, a.meter_key, a.channel, a.unit,
    if(a.weekday = 6, a.settlement_date, a.settlement_date - 4) as first_date
  from odd a
  join odd b
    on b.load_id = a.load_id and b.meter_key = a.meter_key and b.channel = a.channel and b.unit = a.unit
    and b.settlement_date = a.settlement_date + 2
  where a.weekday in (5, 6) and a.is_alike and b.is_alike
),

whole as (
  select w.*
  from weeks w
  join odd o
    on o.load_id = w.load_id and o.meter_key = w.meter_key and o.channel = w.channel and o.unit = w.unit
    and o.settlement_date between w.first_date and w.first_date + 6
  group by all
  having count(*) = 2
)

select distinct
  d.load_id, d.meter_key, d.channel, d.unit, d.settlement_date, d.present as half_hours,
  d.total as found, null::double as usual
from whole w
join trial_days d
  on d.load_id = w.load_id and d.meter_key = w.meter_key and d.channel = w.channel and d.unit = w.unit
  and d.settlement_date between w.first_date and w.first_date + 6
