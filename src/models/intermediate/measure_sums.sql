-- What was taken of each energy, and less than expected, kWh, since each measure was done (since), in the last 365 days (year), and in whole years before the baseline, in which nothing was
-- done (before 1 is the last of them); the variance of that; and how many years its middle is from that of the baseline. Two things make it: days stray from what is
-- expected of them, and the signature itself is only known from the days of the baseline, the less the further the weather of the period is from theirs.
-- grain: measure_id, energy, span
with
spans as (
  select measure_id, energy, 'since' as span, baseline_from, done_on + 1 as from_date, getvariable('as_of') as to_date
  from intermediate.measure_periods
  where done_on is not null
  union all
  select measure_id, energy, 'year', baseline_from, greatest(done_on + 1, getvariable('as_of') - 364), getvariable('as_of')
  from intermediate.measure_periods
  where done_on is not null
  union all
  select measure_id, energy, 'before ' || years, baseline_from, baseline_from - 365 * years, baseline_from - 365 * years + 364
  from intermediate.measure_periods
  cross join (values (1), (2), (3)) as r(years)
  where before_from <= baseline_from - 365 * years
),

baselines as (
  select
    measure_id, energy, opening,
    count(*)::double as n,
    sum(heating_degrees::decimal(18, 6))::double / n as h_mean,
    sum(cooling_degrees::decimal(18, 6))::double / n as c_mean,
    sum((heating_degrees * heating_degrees)::decimal(38, 6))::double - n * h_mean * h_mean as hh,
    sum((cooling_degrees * cooling_degrees)::decimal(38, 6))::double - n * c_mean * c_mean as cc,
    -n * h_mean * c_mean as hc,
    sum((error_kw::decimal(24, 6) * error_kw)::decimal(38, 12))::double / n as variance_kw2
  from intermediate.measure_expected
  where period = 'baseline'
  group by measure_id, energy, opening
),

-- Of the days of each way of being open.
opened as (
  select
    s.measure_id, s.energy, s.span, s.from_date, e.opening,
    abs((s.to_date - s.baseline_from) + (s.from_date - s.baseline_from) - 364) / 730 as years_apart,
    count(*)::integer as days,
    count(*) filter (e.is_estimated)::integer as estimated_days,
    sum(round(e.expected_kw * e.hours::double, 6)::decimal(24, 6)) as expected_kwh,
    sum(e.kw * e.hours) as actual_kwh,
    sum(e.hours)::double as all_hours,
    sum(e.heating_degrees::decimal(18, 6))::double / count(*) as h_mean,
    sum(e.cooling_degrees::decimal(18, 6))::double / count(*) as c_mean,
    sum(round(power(e.spread_kw * e.hours::double, 2), 6)::decimal(38, 6))::double as straying
  from spans s
  join intermediate.measure_expected e on e.measure_id = s.measure_id and e.energy = s.energy and e.period in ('before', 'reporting') and e.settlement_date between s.from_date and s.to_date
  group by s.measure_id, s.energy, s.span, s.from_date, s.to_date, s.baseline_from, e.opening
)

select
  o.measure_id, o.energy, o.span, o.from_date, o.years_apart,
  sum(o.days)::integer as days,
  sum(o.estimated_days)::integer as estimated_days,
  sum(o.expected_kwh)::double as expected_kwh,
  sum(o.actual_kwh)::double as actual_kwh,
  sum(o.expected_kwh)::double - sum(o.actual_kwh)::double as avoided_kwh,
  coalesce(
    any_value(w.alike_days) * (
      sum(round(o.straying, 6)::decimal(38, 6))::double * alike_weeks(any_value(w.rho), sum(o.days) / 7)
      + sum(round(b.variance_kw2 * o.all_hours * o.all_hours * leverage(b.n, o.h_mean - b.h_mean, o.c_mean - b.c_mean, b.hh, b.cc, b.hc), 6)::decimal(38, 6))::double
        * alike_weeks(any_value(w.rho), any_value(w.weeks))
    ), 0
  ) as variance_kwh2
from opened o
join baselines b using (measure_id, energy, opening)
left join intermediate.measure_weeks w using (measure_id, energy)
group by o.measure_id, o.energy, o.span, o.from_date, o.years_apart
