-- kg CO2e of scopes 1 and 2 of one unit of each activity in each reporting year: what completeness and comparisons weigh by. A year whose set is not yet
-- published takes the newest that is, as a weight alone: nothing is published as emitted by it.
-- grain: reporting_year, activity, unit
with newest as (
  select max(factor_set) as factor_set
  from reference.emission_factors
)

select
  y.reporting_year, f.activity, f.unit,
  sum((y.share * f.kg_co2e_per_unit)::decimal(24, 12))::double as kg_co2e_per_unit
from intermediate.factor_years y
cross join newest n
join reference.emission_factors f on f.factor_set = if(y.is_published, y.factor_set, n.factor_set)
where f.scope in ('1', '2')
group by all
