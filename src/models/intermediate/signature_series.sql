-- What signatures are fitted to: each part of the day of a site and energy, on open days, weekends and holidays apart; the whole day also without that
-- difference, and also with each quarter of the weeks left out (1 to 4), on which the signature is then tried. A site without weather has series too: what it
-- uses can still be told to be always the same.
-- grain: series
with
days as (
  select site_id, energy, part, opening, count(*) as days
  from intermediate.part_days
  where is_of_signature(settlement_date)
  group by all
),

openings as (
  select site_id, energy, part, opening
  from days
  where days >= 30
  union all
  select distinct site_id, energy, part, 'any'
  from days
  where part = 'day'
)

select
  row_number() over (order by site_id, energy, part, opening, left_out)::integer as series,
  site_id, energy, part, opening, left_out::integer as left_out
from openings
join range(0, 5) as quarters(left_out) on left_out = 0 or part = 'day'
