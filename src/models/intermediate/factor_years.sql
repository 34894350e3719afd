-- The factor sets that each reporting year takes and the share of its days, so far, that each stands for: by majority the set of the calendar year
-- that holds most of the year; blended by days, those of both calendar years. A set newer than every set that is held is not yet published: the years
-- that take it have no emissions until it is, and none are borrowed.
-- grain: reporting_year, factor_set
-- check: share > 0 and share <= 1
with
years as (
  select
    y::integer as reporting_year,
    reporting_year_start(y) as starts,
    make_date(y + 1, 1, 1) as turns,
    least(reporting_year_end(y), getvariable('as_of')) + 1 as ends
  from range(1990, 2061) as years(y)
),

days as (
  select reporting_year, date_diff('day', starts, least(turns, ends)) as before, greatest(date_diff('day', turns, ends), 0) as after
  from years
  where ends > starts
),

sets as (
  select reporting_year, reporting_year as factor_set, 1::double as share
  from days
  where getvariable('factor_year') = 'majority'
  union all
  select reporting_year, reporting_year, before / (before + after)
  from days
  where getvariable('factor_year') = 'blended by days'
  union all
  select reporting_year, reporting_year + 1, after / (before + after)
  from days
  where getvariable('factor_year') = 'blended by days' and after > 0
)

select *, factor_set <= (select max(f.factor_set) from reference.emission_factors f) as is_published
from sets
