-- The days of each measure's baseline, of the years before it and of its reporting period on which both use and weather are known; no other is counted, and none is filled in. They are of one quantity, use or import,
-- whichever most of them are of. A way of being open of which the baseline has too few days goes with the one that is most like it.
-- grain: measure_id, energy, settlement_date
with
placed as (
  select
    p.measure_id, p.energy, r.* exclude (site_id, energy),
    case
      when r.settlement_date between p.baseline_from and p.baseline_to then 'baseline'
      when r.settlement_date > p.done_on then 'reporting'
      when r.settlement_date >= p.before_from and r.settlement_date < p.baseline_from then 'before'
    end as period
  from intermediate.measure_periods p
  join intermediate.measure_reads r using (site_id, energy)
  where period is not null and r.celsius is not null
),

quantities as (
  select measure_id, energy, most_days(quantity) as quantity
  from placed
  where period <> 'before'
  group by measure_id, energy
),

openings as (
  select
    measure_id, energy,
    count(*) filter (opening = 'holiday') >= 30 as has_holidays,
    count(*) filter (opening = 'weekend') >= 30 as has_weekends
  from placed
  semi join quantities using (measure_id, energy, quantity)
  where period = 'baseline'
  group by measure_id, energy
)

select
  d.measure_id, d.energy, d.settlement_date, d.period, d.quantity, d.kw, d.hours, d.is_estimated, d.celsius::decimal(9, 4) as celsius,
  case
    when d.opening = 'holiday' and o.has_holidays then 'holiday'
    when d.opening in ('holiday', 'weekend') and o.has_weekends then 'weekend'
    else 'open'
  end as opening
from placed d
semi join quantities using (measure_id, energy, quantity)
join openings o using (measure_id, energy)
