-- The council's annual returns beside what the readings of the same source, activity and year come to, where there are any.
-- grain: reporting_year, emission_source, activity, used_for
with metered as (
  select
    (year(settlement_date) - (month(settlement_date) < 4)::integer)::integer as reporting_year,
    case when s.kind = 'street-lighting' then 'street lighting' else 'building ' || d.energy end as emission_source,
    case d.energy when 'gas' then 'natural_gas' else d.energy end as activity,
    'kWh' as unit,
    sum(d.consumption_kwh) as quantity
  from intermediate.site_days d
  join council.sites s using (site_id)
  group by all
  union all
  select reporting_year, case activity when 'gas_oil' then 'plant' else 'fleet' end, activity, 'l', sum(quantity)
  from intermediate.fuel_drawn
  where activity <> 'not_fuel'
  group by all
)

select
  r.reporting_year, r.emission_source, r.activity, r.unit,
  r.quantity as returned_quantity,
  m.quantity::double as metered_quantity,
  (r.quantity / nullif(m.quantity, 0) - 1)::double as difference_share,
  r.used_for, r.source
from council.annual_returns r
left join metered m using (reporting_year, emission_source, activity, unit)
order by r.reporting_year, r.emission_source, r.activity, r.used_for
