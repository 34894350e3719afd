-- The council's annual returns beside what the readings of the same source, activity and year come to, where there are any. A difference is told of a year
-- of which every month is read.
-- grain: reporting_year, emission_source, activity, used_for
with metered as (
  select reporting_year, emission_source, activity, unit, sum(quantity) as quantity, count(distinct month)::integer as months
  from intermediate.monthly_activities
  group by all
)

select
  r.reporting_year, r.emission_source, r.activity, r.unit,
  r.quantity as returned_quantity,
  m.quantity::double as metered_quantity,
  m.months as metered_months,
  case when m.months = 12 then (r.quantity / nullif(m.quantity, 0) - 1)::double end as difference_share,
  r.used_for, r.source
from council.annual_returns r
left join metered m using (reporting_year, emission_source, activity, unit)
order by r.reporting_year, r.emission_source, r.activity, r.used_for
