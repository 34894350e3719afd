-- The days of each series: a year that ended a month and more before the as-of date, so that what is judged by it is not in it.
-- grain: series, settlement_date
select s.series, d.energy = 'electricity' as may_cool, d.kw as y, d.settlement_date, d.degrees as t
from intermediate.part_days d
join intermediate.signature_series s
  on s.site_id = d.site_id and s.energy = d.energy and s.part = d.part
  and s.opening in ('any', d.opening) and s.left_out <> quarter_of_weeks(d.settlement_date)
where is_of_signature(d.settlement_date)
  and d.degrees is not null
