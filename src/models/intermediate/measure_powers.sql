-- The smallest saving that the meter of each measure shows eight times in ten after so many weeks, kWh, where the weather is that of the baseline: the lower end of its range is then above zero.
-- grain: measure_id, energy, weeks
with baselines as (
  select
    measure_id, energy,
    count(*)::double as n,
    sum(round(expected_kw, 6)::decimal(18, 6))::double / n * 24 as kwh_a_day,
    sum(round(spread_kw * spread_kw, 6)::decimal(38, 6))::double / n * 576 as day_variance
  from intermediate.measure_expected
  where period = 'baseline'
  group by measure_id, energy
)

select
  b.measure_id, b.energy, r.weeks::integer as weeks, b.kwh_a_day,
  7 * r.weeks * b.kwh_a_day as expected_kwh,
  coalesce(
    half_band(
      b.day_variance * w.alike_days
      * (7 * r.weeks * alike_weeks(w.rho, r.weeks) + power(7 * r.weeks, 2) / b.n * alike_weeks(w.rho, w.weeks)),
      coalesce(m.moves_share, 0) * sqrt((365 + 7 * r.weeks) / 730) * expected_kwh
    ), 0
  ) * (1 + 0.842 / 1.645) as smallest_kwh
from baselines b
left join intermediate.measure_weeks w using (measure_id, energy)
left join intermediate.measure_steadiness m using (measure_id, energy)
cross join range(1, 261) as r(weeks)
