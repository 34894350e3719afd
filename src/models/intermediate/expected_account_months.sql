-- What each account of fuel or charging is expected to hold in each month: the same month of its nearest whole year, by the vehicles in the register then and
-- now.
-- grain: provider, emission_source, activity, month
-- check: (expected_quantity is null) = (basis = 'nothing')
with
fleet_sizes as (
  select m.month, v.fuel as activity, count(*) as vehicles
  from (select distinct month from intermediate.account_months) m
  join council.vehicles v on holds_on(m.month, v.valid_from, v.valid_to)
  group by all
),

account_months as (
  select a.*, f.vehicles
  from intermediate.account_months a
  left join fleet_sizes f using (month, activity)
),

whole_years as (
  select provider, emission_source, activity, reporting_year
  from account_months
  where has_ended(reporting_year)
  group by all
  having sum(held_days) >= threshold('whole_meter_year') * sum(expected_days)
),

nearest_months as (
  select
    m.provider, m.emission_source, m.activity, m.month,
    arg_min(
      {'per_day': coalesce(w.quantity, 0) / w.held_days, 'vehicles': w.vehicles},
      {'years': abs(w.reporting_year - m.reporting_year), 'year': w.reporting_year}
    ) as nearest
  from account_months m
  join account_months w
    on w.provider = m.provider and w.emission_source = m.emission_source and w.activity = m.activity and month(w.month) = month(m.month)
  semi join whole_years y
    on y.provider = w.provider and y.emission_source = w.emission_source and y.activity = w.activity and y.reporting_year = w.reporting_year
  where w.held_days > 0
  group by m.provider, m.emission_source, m.activity, m.month
)

select
  m.*,
  (m.expected_days * n.nearest.per_day * coalesce(m.vehicles / n.nearest.vehicles, 1))::double as expected_quantity,
  if(n.nearest is null, 'nothing', 'own year') as basis
from account_months m
left join nearest_months n using (provider, emission_source, activity, month)
