-- Meters that a supplier's portfolio or a bill names and meter-points.csv does not, in the time that the council's figures speak of: where and from when to when,
-- and about how much they use in a year. A row of the portfolio that says why it is none of the council's takes its days out, of bills too. A meter that the
-- register has is no such meter, whatever its dates: what is read outside them waits in marts.held_meters.
-- What it uses: as the newest row of the portfolio says, else as its bills of a year come to by day, else the mean of the registered meters of its energy in buildings.
-- grain: meter_key
-- check: (kwh_a_year is null) = (estimated_from is null)
with
in_view as (
  select
    meter_key, supplier, energy, site_name, annual_kwh, not_ours_because is not null as is_set_aside,
    first_day(valid_from) as from_date, final_day(valid_to) as to_date
  from council.supplier_portfolio
  anti join council.meter_names using (meter_key)
  where first_day(valid_from) <= getvariable('as_of') and final_day(valid_to) >= reporting_year_start(getvariable('base_year'))
),

listed as (
  select
    meter_key, any_value(energy) as energy, string_agg(distinct supplier, ', ' order by supplier) as suppliers,
    arg_max(site_name, {'to': to_date, 'from': from_date, 'name': site_name}) as site_name,
    arg_max(annual_kwh, {'to': to_date, 'from': from_date, 'kwh': annual_kwh}) as annual_kwh,
    min(from_date) as from_date, max(to_date) as to_date
  from in_view
  where not is_set_aside
  group by meter_key
),

bills_in_kwh as (
  select meter_name as meter_key, first_date, last_date, kind, quantity as kwh
  from intermediate.standing_bills
  where not is_registered
),

bill_lines as (
  select *
  from bills_in_kwh
  union all
  select meter_key, first_date, last_date, kind, null
  from raw.bills
  semi join staging.standing_loads using (load_id)
  anti join council.meter_names using (meter_key)
  where unit <> 'kWh' and kind <> 'withdrawn' and meter_key is not null and not is_water(meter_key)
),

bills as (
  select b.*
  from bill_lines b
  anti join (from in_view where is_set_aside) s on s.meter_key = b.meter_key and s.from_date <= b.last_date and s.to_date >= b.first_date
  where b.first_date <= getvariable('as_of') and b.last_date >= reporting_year_start(getvariable('base_year'))
),

last_year_of_bills as (
  select *
  from bills
  qualify last_date > max(last_date) over (partition by meter_key) - 365
),

billed as (
  select b.meter_key, min(b.first_date) as from_date, max(b.last_date) as to_date, any_value(u.kwh_a_year) as kwh_a_year
  from bills b
  left join (
    select meter_key, (sum(kwh) * 365 / nullif(sum(date_diff('day', first_date, last_date) + 1) filter (kind <> 'credit' and kwh is not null), 0))::double as kwh_a_year
    from last_year_of_bills
    group by meter_key
  ) u using (meter_key)
  where b.kind <> 'credit'
  group by b.meter_key
),

means as (
  select y.energy, avg(y.kwh_a_year::decimal(24, 6))::double as kwh_a_year
  from intermediate.meter_yearly_use y
  join council.sites s using (site_id)
  where y.estimated_from = 'own readings' and y.months = 12 and s.kind <> 'street-lighting'
  group by y.energy
),

waiting as (
  select meter_key from raw.meter_days semi join staging.standing_loads using (load_id)
  union
  select meter_key from raw.register_reads semi join staging.standing_loads using (load_id)
  union
  select meter_key from raw.periods semi join staging.standing_loads using (load_id)
),

meters as (
  select
    coalesce(l.meter_key, b.meter_key) as meter_key, l.meter_key is not null as is_listed, b.meter_key is not null as is_billed,
    l.suppliers, l.site_name, coalesce(l.energy, energy_named('mpxn', b.meter_key)) as energy,
    least(l.from_date, b.from_date) as from_date, greatest(l.to_date, b.to_date) as to_date,
    l.annual_kwh, if(b.kwh_a_year >= 0, b.kwh_a_year, null) as billed_kwh
  from listed l
  full join billed b on b.meter_key = l.meter_key
)

select
  m.meter_key, m.is_listed, m.is_billed, w.meter_key is not null as is_read, m.suppliers, m.site_name, m.energy, m.from_date, m.to_date,
  coalesce(m.annual_kwh, m.billed_kwh, k.kwh_a_year) as kwh_a_year,
  case
    when m.annual_kwh is not null then 'list'
    when m.billed_kwh is not null then 'bills'
    when k.kwh_a_year is not null then 'mean of its kind'
  end as estimated_from
from meters m
left join means k using (energy)
left join waiting w on w.meter_key = m.meter_key
