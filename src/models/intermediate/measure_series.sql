-- What the signatures of measures are fitted to: the baseline of each energy, as one and by how the site is open, and also with each quarter of the weeks left out (1 to 4), on
-- which the signature is then tried.
-- grain: series
with openings as (
  select measure_id, energy, opening
  from intermediate.measure_days
  where period = 'baseline'
  group by measure_id, energy, opening
  having count(*) >= 30
  union all
  select distinct measure_id, energy, 'any'
  from intermediate.measure_days
  where period = 'baseline'
)

select
  row_number() over (order by measure_id, energy, opening, left_out)::integer as series,
  measure_id, energy, opening, left_out::integer as left_out
from openings
cross join range(0, 5) as quarters(left_out)
