-- What each meter that counts is expected to use in a year, by those of the last twelve months in which it should be read, and from what that is known. A meter with
-- a month of which nothing says what to expect is not here.
-- grain: meter_point_id, site_id
select
  meter_point_id, site_id, energy,
  count(*)::integer as months,
  (sum(expected_kwh::decimal(24, 6)) * 365 * 48 / sum(expected_half_hours))::decimal(18, 3)::double as kwh_a_year,
  case when bool_or(basis = 'typical building') then 'benchmark' when bool_or(basis = 'annual return') then 'annual return' else 'own readings' end as estimated_from
from (
  select *
  from intermediate.expected_meter_months
  where month <= getvariable('as_of') and month > getvariable('as_of') - interval 12 months
)
group by meter_point_id, site_id, energy
having count(expected_kwh) = count(*) and sum(expected_half_hours) > 0
