-- Where vehicles.csv and the lists of fleet managers and insurers disagree, with about how many litres each vehicle uses in a year: as the list says, else as it drew
-- in the last twelve months, else, of a vehicle that is not registered, the mean of the registered vehicles of its fuel. A vehicle that is not registered and has no
-- number in the fleet goes by its row of the list: a registration is not shown.
-- What the register has and the lists leave out is a finding only where they name enough of the registered vehicles to be a list of all.
-- grain: kind, name
with
listed as (
  select
    *, not_ours_because is not null as is_set_aside,
    holds_on(getvariable('as_of'), valid_from, valid_to) as is_now
  from council.fleet_list
),

same_vehicles as (
  select l.file_row, v.vehicle_id
  from listed l
  join council.vehicles v using (registration_pseudonym)
  union
  select l.file_row, v.vehicle_id
  from listed l
  join council.vehicles v using (vehicle_id)
),

pairs as (
  select l.file_row, l.is_now, l.is_set_aside, l.fuel as listed_fuel, l.annual_l, l.valid_from, l.valid_to, v.vehicle_id, v.fuel, v.valid_from as since, v.valid_to as until
  from same_vehicles
  join listed l using (file_row)
  join council.vehicles v on v.vehicle_id = same_vehicles.vehicle_id
),

drawn_by_vehicle as (
  select vehicle_id, sum(quantity)::double as litres
  from intermediate.fuel_drawn
  where vehicle_id is not null and activity <> 'not_fuel' and drawn_at::date > getvariable('as_of') - 365
  group by vehicle_id
),

drawn_by_name as (
  select registration_pseudonym, sum(quantity)::double as litres
  from intermediate.fuel_told
  anti join intermediate.fuel_told_twice using (provider, transaction_id)
  where activity <> 'not_fuel' and drawn_at::date between getvariable('as_of') - 364 and getvariable('as_of')
  group by registration_pseudonym
),

means as (
  select v.fuel, avg(d.litres::decimal(24, 6))::double as litres
  from drawn_by_vehicle d
  join council.vehicles v using (vehicle_id)
  group by v.fuel
),

unregistered as (
  select
    any_value(vehicle_id) as vehicle_id, min(file_row) as file_row, string_agg(distinct listed_by, ', ' order by listed_by) as listed_by, arg_max(fuel, file_row) as fuel, max(annual_l) as annual_l,
    min(first_day(valid_from)) as from_date, max(final_day(valid_to)) as to_date, registration_pseudonym
  from listed
  anti join pairs using (file_row)
  where is_now and not is_set_aside
  group by registration_pseudonym
),

comparable as (
  select v.vehicle_id, v.fuel, v.valid_from, v.valid_to, exists (from pairs p where p.vehicle_id = v.vehicle_id and p.is_now) as is_listed
  from council.vehicles v
  where holds_on(getvariable('as_of'), v.valid_from, v.valid_to)
    and (v.registration_pseudonym is not null or not exists (from listed l where l.is_now and l.vehicle_id is null))
),

unlisted as (
  select *
  from comparable
  qualify not is_listed and count(*) filter (is_listed) over () >= threshold('whole_list') * count(*) over () and count(*) filter (is_listed) over () > 0
),

fuels as (
  select
    vehicle_id, min(listed_fuel) as listed_fuel, any_value(fuel) as fuel, max(annual_l) as annual_l,
    max(greatest(first_day(valid_from), first_day(since))) as from_date, min(least(final_day(valid_to), final_day(until))) as to_date
  from pairs
  where is_now and not is_set_aside and holds_on(getvariable('as_of'), since, until) and listed_fuel <> fuel
    and not (listed_fuel in ('diesel', 'gas_oil', 'hvo') and fuel in ('diesel', 'gas_oil', 'hvo'))
  group by vehicle_id
)

select
  'vehicle listed but not registered' as kind, 'register' as missing_from,
  if(count(u.vehicle_id) over (partition by u.vehicle_id) = 1, u.vehicle_id, 'row ' || u.file_row) as name, u.fuel, u.from_date, u.to_date,
  coalesce(u.annual_l, d.litres, m.litres) as litres_a_year,
  case when u.annual_l is not null then 'list' when d.litres is not null then 'fuel purchases' when m.litres is not null then 'mean of its kind' end as estimated_from,
  concat_ws('; ', 'listed by ' || u.listed_by, if(d.litres is null, null, 'its fuel is counted, of no vehicle')) as detail
from unregistered u
left join drawn_by_name d using (registration_pseudonym)
left join means m using (fuel)
union all
select
  'vehicle registered but not listed', 'list', u.vehicle_id, u.fuel, first_day(u.valid_from), final_day(u.valid_to), d.litres, if(d.litres is null, null, 'fuel purchases'), null
from unlisted u
left join drawn_by_vehicle d using (vehicle_id)
union all
select
  'vehicle of two fuels', null, f.vehicle_id, f.listed_fuel, f.from_date, f.to_date, coalesce(f.annual_l, d.litres),
  case when f.annual_l is not null then 'list' when d.litres is not null then 'fuel purchases' end, 'vehicles.csv says ' || f.fuel
from fuels f
left join drawn_by_vehicle d using (vehicle_id)
