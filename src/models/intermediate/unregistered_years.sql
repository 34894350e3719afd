-- How many meters that suppliers list or bill, and that meter-points.csv does not have, fall in each reporting year, and about how many tonnes of scopes 1 and 2
-- they come to there: null where of one of them nothing says how much. Where an annual return stands for buildings of their energy they may be in it, and are not
-- here. They are expected by nobody: only the register begins a life (see intermediate.year_completeness).
-- grain: reporting_year
with
years as (
  select reporting_year, max(ends) as ends
  from (
    select reporting_year_of(settlement_date) as reporting_year, settlement_date as ends
    from ops.settlement_days
    where settlement_date between reporting_year_start(getvariable('base_year')) and getvariable('as_of')
  )
  group by reporting_year
)

select
  y.reporting_year,
  count(*)::integer as meters,
  if(
    count(f.kg_co2e_per_unit * m.kwh_a_year) = count(*),
    sum((
      m.kwh_a_year * f.kg_co2e_per_unit / 1000
      * (date_diff('day', greatest(m.from_date, reporting_year_start(y.reporting_year)), least(m.to_date, y.ends)) + 1) / 365
    )::decimal(18, 6)),
    null
  )::double as t_co2e
from years y
join intermediate.unregistered_meters m on m.from_date <= y.ends and m.to_date >= reporting_year_start(y.reporting_year)
left join intermediate.yearly_factors f on f.reporting_year = y.reporting_year and f.activity = activity_of(m.energy) and f.unit = 'kWh'
anti join (
  select reporting_year, activity
  from council.annual_returns
  where used_for = 'inventory' and starts_with(emission_source, 'building ')
) r on r.reporting_year = y.reporting_year and r.activity = activity_of(m.energy)
group by y.reporting_year
