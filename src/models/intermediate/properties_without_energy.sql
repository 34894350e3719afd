-- Properties that the council owns or leases and at which no meter is registered, with about how much each uses in a year, by energy: as a building of its kind and
-- floor area, else as the mean of the council's own sites of its kind that are read, of the energies that those have. A property of a closed site is none, nor one that says why it has no energy,
-- nor one at which a supplier lists a meter that is not registered: that is a finding already.
-- grain: property_id, energy
-- check: (kwh_a_year is null) = (estimated_from is null)
with
owned as (
  select *, folded_name(property_name) as place
  from council.property_register
  where no_energy_because is null and holds_on(getvariable('as_of'), valid_from, valid_to)
),

sites as (
  select *, folded_name(site_name) as place, holds_on(getvariable('as_of'), valid_from, valid_to) as is_open
  from council.sites
),

at_sites as (
  select o.property_id, s.site_id, s.site_name, s.kind, s.floor_area_m2, s.is_open
  from owned o
  join sites s on s.site_id = o.site_id or (o.site_id is null and s.place = o.place)
),

known as (
  select property_id
  from at_sites
  left join intermediate.meter_lives m on m.site_id = at_sites.site_id and getvariable('as_of') between m.from_date and m.to_date
  group by property_id
  having bool_or(m.meter_point_id is not null) or not bool_or(is_open)
),

without_energy as (
  select
    o.property_id, o.property_name, o.valid_from, o.valid_to, a.site_id, a.site_name,
    coalesce(o.kind, a.kind) as kind, coalesce(o.floor_area_m2, a.floor_area_m2) as floor_area_m2
  from owned o
  left join (from at_sites qualify row_number() over (partition by property_id order by is_open desc, site_id) = 1) a using (property_id)
  anti join known using (property_id)
  anti join (select folded_name(site_name) as place from intermediate.unregistered_meters where is_listed) u on u.place = o.place
),

site_years as (
  select s.kind, y.site_id, y.energy, sum(y.kwh_a_year::decimal(24, 6)) as kwh_a_year
  from intermediate.meter_yearly_use y
  join council.sites s using (site_id)
  where y.estimated_from = 'own readings' and y.months = 12
  group by all
),

means as (
  select kind, energy, avg(kwh_a_year)::double as kwh_a_year
  from site_years
  group by all
),

energies as (
  select unnest(['electricity', 'gas']) as energy
)

select
  w.property_id, w.property_name, w.site_id, w.site_name, w.valid_from, w.valid_to, e.energy,
  case e.energy when 'electricity' then b.electricity_kwh_per_m2 else b.fossil_thermal_kwh_per_m2 end * w.floor_area_m2 as benchmark_kwh,
  coalesce(benchmark_kwh, m.kwh_a_year) as kwh_a_year,
  case when benchmark_kwh is not null then 'benchmark' when m.kwh_a_year is not null then 'mean of its kind' end as estimated_from
from without_energy w
cross join energies e
left join intermediate.benchmarks b on b.site_kind = w.kind
left join means m on m.kind = w.kind and m.energy = e.energy
qualify estimated_from is not null or count(estimated_from) over (partition by w.property_id) = 0
