-- Each journey claimed by an employee in a vehicle of their own, and the factor that its words stand for: by the vehicle where that says it, else by the
-- fuel, else an average car of unknown fuel. Words that grey-fleet-kinds.csv does not have are named by their column: they may name a person.
-- grain: provider, journey_id, registration_pseudonym
with claims as (
  select
    *,
    nullif(trim(regexp_replace(regexp_replace(lower(kind_said), '(^|\s)[0-9.,]+\s*(cc|l|litres?)?\s*cc$', ''), '[^a-z0-9]+', ' ', 'g')), '') as vehicle_words,
    nullif(trim(regexp_replace(lower(fuel_said), '[^a-z0-9]+', ' ', 'g')), '') as fuel_words
  from intermediate.journeys
  where fleet = 'grey'
)

select
  s.provider, s.journey_id, s.registration_pseudonym, s.travelled_on, s.month, s.reporting_year, s.distance_km,
  case when v.activity <> 'by fuel' then v.activity else coalesce(f.activity, 'car_unknown_fuel') end as activity,
  case
    when s.vehicle_words is not null and v.activity is null and s.fuel_words is not null and f.activity is null then 'vehicle and fuel'
    when s.vehicle_words is not null and v.activity is null then 'vehicle'
    when s.fuel_words is not null and f.activity is null then 'fuel'
  end as unknown_words
from claims s
left join reference.grey_fleet_kinds v on v.said_of = 'vehicle' and v.words = s.vehicle_words
left join reference.grey_fleet_kinds f on f.said_of = 'fuel' and f.words = s.fuel_words
