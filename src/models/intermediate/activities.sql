-- Activity data of own operations from the base year on: energy of each site by month, fuel by month, and the council's annual returns, which have no
-- month. Where a return stands for a source and activity in a year, readings of it are not added.
-- quantity_so_far leaves out the days of the as-of date's month that are later in it, so that a year to date is set against as many days.
-- grain: site_id, activity, emission_source, reporting_year, month
with
metered as (
  select
    d.site_id, d.site_name, s.kind as site_kind,
    case d.energy when 'gas' then 'natural_gas' else d.energy end as activity,
    case when s.kind = 'street-lighting' then 'street lighting' else 'building ' || d.energy end as emission_source,
    'kWh' as unit,
    date_trunc('month', d.settlement_date)::date as month,
    sum(d.consumption_kwh) as quantity,
    sum(d.consumption_kwh) filter (is_so_far(d.settlement_date)) as quantity_so_far,
    sum(d.estimated_kwh) as estimated_quantity,
    'half-hourly reads' as activity_data
  from intermediate.site_days d
  join council.sites s using (site_id)
  group by all
),

fuel as (
  select
    null::varchar as site_id, null::varchar as site_name, null::varchar as site_kind,
    activity,
    case activity when 'gas_oil' then 'plant' else 'fleet' end as emission_source,
    'l' as unit, month, sum(quantity) as quantity, sum(quantity) filter (is_so_far(drawn_at)) as quantity_so_far,
    0 as estimated_quantity, 'fuel cards' as activity_data
  from intermediate.fuel_drawn
  where activity <> 'not_fuel'
  group by all
),

monthly as (
  select (year(month) - (month(month) < 4)::integer)::integer as reporting_year, *
  from (select * from metered union all select * from fuel)
),

returned as (
  select
    reporting_year, null::varchar as site_id, null::varchar as site_name, null::varchar as site_kind,
    activity, emission_source, unit, null::date as month, quantity, null::double as quantity_so_far,
    0 as estimated_quantity, 'annual return' as activity_data
  from council.annual_returns
  where used_for = 'inventory' and make_date(reporting_year + 1, 3, 31) <= getvariable('as_of')
)

select * from monthly anti join returned using (reporting_year, emission_source, activity)
where reporting_year >= getvariable('base_year')
union all
select * from returned
where reporting_year >= getvariable('base_year')
