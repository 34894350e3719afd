-- Each journey as last reported: of the council's own vehicles by telematics, whose fuel is a check on what was drawn and never added to it; and of
-- employees' own cars as claimed. A claim is the employee's who made it; another's may have the same name.
-- grain: provider, journey_id, registration_pseudonym
with latest_journeys as (
  select
    j.provider, j.journey_id, j.registration_pseudonym, j.fleet, j.distance_km, j.fuel_l, j.energy_kwh, j.vehicle_kind as kind_said, j.fuel as fuel_said,
    local_date(j.travelled_at) as travelled_on
  from raw.journeys j
  join staging.standing_loads s using (load_id)
  qualify s.precedence = max(s.precedence) over (partition by j.provider, j.journey_id, if(j.fleet = 'grey', j.registration_pseudonym, null))
)

select
  t.*,
  t.distance_km = 0 and (t.fuel_l is not null or t.energy_kwh is not null) as is_fuel_alone,
  date_trunc('month', t.travelled_on)::date as month,
  reporting_year_of(month) as reporting_year,
  v.vehicle_id
from latest_journeys t
left join council.vehicle_names n
  on t.fleet = 'own' and n.pseudonym = t.registration_pseudonym
  and holds_on(t.travelled_on, n.valid_from, n.valid_to)
left join council.vehicles v on v.vehicle_id = n.vehicle_id
where t.travelled_on <= getvariable('as_of')
