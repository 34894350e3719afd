-- The days of each series of a measure's baseline.
-- grain: series, settlement_date
select s.series, d.settlement_date, d.energy = 'electricity' as may_cool, d.kw as y, d.celsius as t
from intermediate.measure_days d
join intermediate.measure_series s
  on s.measure_id = d.measure_id and s.energy = d.energy
  and s.opening in ('any', d.opening) and s.left_out <> quarter_of_weeks(d.settlement_date)
where d.period = 'baseline'
