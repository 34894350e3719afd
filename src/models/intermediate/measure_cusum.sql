-- Whether what a site takes has left what its baseline expects: a cumulative sum of both sides over the weeks after a measure, counted from the day after it was done. Each week is how
-- far it strays on average, in standard deviations of a week that is like the one before; a week of fewer than four counted days says nothing. Below `savings_cusum_slack` a
-- week adds nothing, and none counts for more than `savings_cusum_most`: one odd week is no change. A side is an alarm from the week in
-- which it passes `savings_cusum_limit`, and again once it has been below.
-- grain: measure_id, energy, week
with
weeks as (
  select
    e.measure_id, e.energy,
    ((e.settlement_date - p.done_on - 1) // 7)::integer as week,
    max(e.settlement_date) as settlement_date,
    round(
      greatest(least(
        sum(round((e.expected_kw - e.kw::double) / nullif(e.spread_kw, 0), 6)::decimal(24, 6))::double
        / sqrt(count(*) * any_value(w.alike_days * alike_weeks(w.rho, w.weeks))),
        threshold('savings_cusum_most')
      ), -threshold('savings_cusum_most')),
      6
    )::decimal(18, 6) as strayed
  from intermediate.measure_expected e
  join intermediate.measure_periods p using (measure_id, energy)
  join intermediate.measure_weeks w using (measure_id, energy)
  where e.period = 'reporting' and e.spread_kw > 0 and p.done_on + 7 * (week + 1) <= getvariable('as_of')
  group by e.measure_id, e.energy, week
  having count(*) >= 4
),

summed as (
  select
    *,
    sum(strayed - threshold('savings_cusum_slack')::decimal(9, 6)) over so_far as less_sum,
    sum(-strayed - threshold('savings_cusum_slack')::decimal(9, 6)) over so_far as more_sum
  from weeks
  window so_far as (partition by measure_id, energy order by week)
),

sides as (
  select
    *,
    less_sum - least(min(less_sum) over so_far, 0) as less,
    more_sum - least(min(more_sum) over so_far, 0) as more
  from summed
  window so_far as (partition by measure_id, energy order by week)
)

select
  measure_id, energy, week, settlement_date, less::double as less, more::double as more,
  case
    when less > threshold('savings_cusum_limit') and coalesce(lag(less) over by_week, 0) <= threshold('savings_cusum_limit') then 'less'
    when more > threshold('savings_cusum_limit') and coalesce(lag(more) over by_week, 0) <= threshold('savings_cusum_limit') then 'more'
  end as alarm
from sides
window by_week as (partition by measure_id, energy order by week)
