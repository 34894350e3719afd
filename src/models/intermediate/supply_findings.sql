-- Where meter-points.csv and what suppliers list and bill disagree about meters, with about how much each uses in a year.
-- What the register has and a list leaves out is a finding only where the list names enough of the registered meters of that energy to be a list of all.
-- A meter that is not registered is one finding, whatever else the lists say of it.
-- grain: kind, name
with
registered as (
  select c.meter_point_id, c.site_id, c.energy
  from intermediate.meter_calendar c
  anti join intermediate.beside_totals using (meter_point_id, settlement_date)
  anti join council.virtual_meters v on v.virtual_meter_id = c.meter_point_id
  where c.channel = 'import' and c.settlement_date = getvariable('as_of')
),

portfolio as (
  select
    p.meter_key, n.meter_point_id, p.supplier, folded_name(p.supplier) as supplier_name, p.energy, p.site_name, folded_name(p.site_name) as place, p.annual_kwh,
    p.not_ours_because is not null as is_set_aside,
    first_day(p.valid_from) as from_date, final_day(p.valid_to) as to_date
  from council.supplier_portfolio p
  left join council.meter_names n using (meter_key)
),

listed_now as (
  select distinct meter_point_id
  from portfolio
  where meter_point_id is not null and getvariable('as_of') between from_date and to_date
),

billed_lately as (
  select distinct meter_point_id
  from intermediate.bill_periods
  where last_date > getvariable('as_of') - 365 and first_date <= getvariable('as_of')
),

read_lately as (
  select meter_point_id, min(settlement_date) as from_date, max(settlement_date) as to_date
  from intermediate.metered_days
  where channel = 'import' and settlement_date > getvariable('as_of') - 365
    and (present_half_hours > 0 or (period_half_hours > 0 and period_source not in ('bill actual', 'bill estimated')))
  group by meter_point_id
),

unlisted as (
  select r.*
  from registered r
  left join listed_now l using (meter_point_id)
  qualify l.meter_point_id is null and count(l.meter_point_id) over (partition by r.energy) >= threshold('whole_list') * count(*) over (partition by r.energy)
    and count(l.meter_point_id) over (partition by r.energy) > 0
),

unbilled as (
  select r.*, d.from_date, d.to_date
  from registered r
  left join billed_lately b using (meter_point_id)
  left join read_lately d using (meter_point_id)
  qualify b.meter_point_id is null and d.meter_point_id is not null
    and count(b.meter_point_id) over (partition by r.energy) >= threshold('whole_list') * count(*) over (partition by r.energy)
    and count(b.meter_point_id) over (partition by r.energy) > 0
),

lives as (
  select l.meter_point_id, l.site_id, l.energy, l.from_date, l.to_date, s.site_name, folded_name(s.site_name) as place
  from intermediate.meter_lives l
  join council.sites s using (site_id)
),

in_view as (
  select *
  from portfolio
  where meter_point_id is not null and not is_set_aside and from_date <= getvariable('as_of') and to_date >= reporting_year_start(getvariable('base_year'))
),

shared_days as (
  select
    a.meter_key, a.meter_point_id, a.energy, a.supplier, a.supplier_name, a.site_name, a.place, a.annual_kwh,
    b.supplier as other_supplier, b.supplier_name as other_supplier_name, b.site_name as other_site_name, b.place as other_place,
    greatest(a.from_date, b.from_date) as from_date, least(a.to_date, b.to_date) as to_date
  from in_view a
  join in_view b on b.meter_key = a.meter_key and b.from_date <= a.to_date and b.to_date >= a.from_date
  where greatest(a.from_date, b.from_date) <= getvariable('as_of')
),

findings as (
  select
    if(is_listed, 'supplied but not registered', 'billed but not registered') as kind, 'register' as missing_from,
    concat_ws(', ', if(is_listed, 'supplier-portfolio.csv', null), if(is_billed, 'bills', null)) as list,
    meter_key as name, null as meter_point_id, site_name, energy, from_date, to_date,
    kwh_a_year, estimated_from,
    nullif(concat_ws('; ', suppliers, if(is_read, 'its readings are kept but not counted', null)), '') as detail
  from intermediate.unregistered_meters
  union all
  select
    'registered but not supplied', 'list', 'supplier-portfolio.csv', u.meter_point_id, u.meter_point_id, null, u.energy, l.from_date, l.to_date, null, null, null
  from unlisted u
  join lives l on l.meter_point_id = u.meter_point_id and getvariable('as_of') between l.from_date and l.to_date
  union all
  select 'read but not billed', 'list', 'bills', meter_point_id, meter_point_id, null, energy, from_date, to_date, null, null, null
  from unbilled
  union all
  select
    'meter at two sites', null, 'supplier-portfolio.csv', meter_key, any_value(meter_point_id), min(site_name), any_value(energy), min(from_date), max(to_date), max(annual_kwh), 'list',
    'the list also has it at ' || max(other_site_name)
  from shared_days
  where supplier_name = other_supplier_name and place < other_place
  group by meter_key
  union all
  select
    'listed at another site', null, 'supplier-portfolio.csv', l.meter_point_id, l.meter_point_id, any_value(l.site_name), any_value(l.energy),
    max(l.from_date), min(l.to_date), max(p.annual_kwh), 'list', 'the list has it at ' || min(p.site_name)
  from in_view p
  join lives l using (meter_point_id)
  semi join (select distinct folded_name(site_name) as place from council.sites) o on o.place = p.place
  where l.place <> p.place and getvariable('as_of') between p.from_date and p.to_date and getvariable('as_of') between l.from_date and l.to_date
  group by l.meter_point_id
  union all
  select
    'meter with two suppliers', null, 'supplier-portfolio.csv', meter_key, any_value(meter_point_id), any_value(coalesce(site_name, other_site_name)), any_value(energy),
    min(from_date), max(to_date), max(annual_kwh), 'list', min(supplier) || ' and ' || max(other_supplier)
  from shared_days
  where supplier_name < other_supplier_name and to_date > from_date
  group by meter_key
  union all
  select
    'meter of two energies', null, 'supplier-portfolio.csv', l.meter_point_id, l.meter_point_id, any_value(l.site_name), any_value(p.energy),
    min(greatest(l.from_date, p.from_date)), max(least(l.to_date, p.to_date)), max(p.annual_kwh), 'list', 'meter-points.csv says ' || any_value(l.energy)
  from in_view p
  join lives l on l.meter_point_id = p.meter_point_id and l.from_date <= p.to_date and l.to_date >= p.from_date and l.energy <> p.energy
  group by l.meter_point_id
)

select
  f.kind, f.missing_from, f.list, f.name, m.site_id, coalesce(s.site_name, f.site_name) as site_name, f.energy, f.from_date, f.to_date,
  coalesce(f.kwh_a_year, y.kwh_a_year) as kwh_a_year,
  case when f.kwh_a_year is not null then f.estimated_from else y.estimated_from end as estimated_from,
  f.detail
from findings f
left join (
  select meter_point_id, site_id
  from lives
  qualify row_number() over (partition by meter_point_id order by to_date desc) = 1
) m using (meter_point_id)
left join council.sites s using (site_id)
left join intermediate.meter_yearly_use y on y.meter_point_id = m.meter_point_id and y.site_id = m.site_id
