-- What each vehicle of the council's drove by telematics, beside what it drew and charged, by month: a check on mileages and cards, of which nothing is added up.
-- grain: month, vehicle_id
with
driven as (
  select
    month, vehicle_id,
    sum(distance_km) filter (not is_fuel_alone) as distance_km,
    nullif(count(*) filter (not is_fuel_alone), 0) as journeys,
    sum(fuel_l) as telematics_fuel_l,
    sum(energy_kwh) as telematics_energy_kwh
  from intermediate.journeys
  where fleet = 'own'
  group by month, vehicle_id
),

drawn as (
  select month, vehicle_id, sum(quantity) as drawn_l
  from intermediate.fuel_drawn
  where vehicle_id is not null and activity <> 'not_fuel'
  group by month, vehicle_id
),

charged as (
  select month, vehicle_id, sum(energy_kwh) as charged_kwh
  from intermediate.charging
  where vehicle_id is not null
  group by month, vehicle_id
),

months as (
  select *
  from driven
  full join drawn using (month, vehicle_id)
  full join charged using (month, vehicle_id)
)

select
  m.month::timestamp_ms as month,
  reporting_year_of(m.month) as reporting_year,
  m.vehicle_id,
  coalesce(v.service, 'unallocated') as service,
  coalesce(v.kind, 'unallocated') as vehicle_kind,
  m.distance_km::double as distance_km,
  m.journeys::integer as journeys,
  m.drawn_l::double as drawn_l,
  case when m.distance_km > 0 then 100 * m.drawn_l / m.distance_km end::double as l_per_100_km,
  m.telematics_fuel_l::double as telematics_fuel_l,
  m.charged_kwh::double as charged_kwh,
  m.telematics_energy_kwh::double as telematics_energy_kwh
from months m
left join council.vehicles v using (vehicle_id)
order by m.month, m.vehicle_id
