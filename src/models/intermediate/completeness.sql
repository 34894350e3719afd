-- What should be held of each reporting year from the base year on and what is: by meter and month, account of fuel or charging and month, and annual return; in
-- half-hours and in expected tonnes of scopes 1 and 2. The year in progress is expected up to the as-of date. Where an annual return stands for a source in a
-- year, its meters and accounts expect nothing besides. A source that was returned in another year and has neither return nor meter in this is missing.
-- Source of the method: weighing by expected tonnes is canopy's own; half-hours alone mislead, since a winter of gas is few of them.
-- grain: reporting_year, kind, name, site_id, emission_source, activity, month
-- check: held_share between 0 and 1
with
returned as (
  select reporting_year, emission_source, activity, unit, quantity
  from council.annual_returns
  where used_for = 'inventory' and has_ended(reporting_year) and reporting_year >= getvariable('base_year')
),

month_lengths as (
  select date_trunc('month', settlement_date)::date as month, sum(periods) as half_hours, count(*) as days
  from ops.settlement_days
  group by all
),

read_by_month as (
  select
    m.reporting_year, 'meter' as kind, m.meter_point_id as name, m.site_id, m.emission_source, m.activity, 'kWh' as unit, m.month,
    m.expected_half_hours, m.held_half_hours, m.held_half_hours / m.expected_half_hours as held_share,
    m.expected_kwh as expected_quantity, m.kwh::double as quantity, m.basis,
    m.expected_half_hours = l.half_hours as is_full_month
  from intermediate.expected_meter_months m
  join month_lengths l using (month)
  union all
  select
    a.reporting_year, 'account', a.provider, null, a.emission_source, a.activity, a.unit, a.month,
    null, null, a.held_days / a.expected_days, greatest(a.expected_quantity, 0), a.quantity::double, a.basis, a.expected_days = l.days
  from intermediate.expected_account_months a
  join month_lengths l using (month)
),

years as (
  select distinct reporting_year
  from read_by_month
  where has_ended(reporting_year)
  union
  select reporting_year
  from returned
),

missing_returns as (
  select y.reporting_year, r.emission_source, r.activity, r.unit, arg_min(r.quantity, {'years': abs(r.reporting_year - y.reporting_year), 'year': r.reporting_year}) as quantity
  from years y
  cross join returned r
  anti join returned d on d.reporting_year = y.reporting_year and d.emission_source = r.emission_source and d.activity = r.activity
  anti join read_by_month m on m.reporting_year = y.reporting_year and m.emission_source = r.emission_source and m.activity = r.activity
  group by all
),

expected as (
  select *
  from read_by_month
  anti join returned using (reporting_year, emission_source, activity)
  union all
  select
    reporting_year, 'annual return', emission_source || ' ' || activity, null, emission_source, activity, unit, null, null, null, 1, quantity, quantity, 'annual return', null
  from returned
  union all
  select
    reporting_year, 'annual return', emission_source || ' ' || activity, null, emission_source, activity, unit, null, null, null, 0, quantity, null, 'annual return', null
  from missing_returns
)

select
  e.*,
  f.kg_co2e_per_unit,
  (e.expected_quantity * f.kg_co2e_per_unit / 1000)::decimal(18, 6) as expected_t_co2e,
  (e.expected_quantity * e.held_share * f.kg_co2e_per_unit / 1000)::decimal(18, 6) as held_t_co2e,
  (e.quantity * f.kg_co2e_per_unit / 1000)::decimal(18, 6) as emitted_t_co2e
from expected e
join intermediate.yearly_factors f using (reporting_year, activity, unit)
