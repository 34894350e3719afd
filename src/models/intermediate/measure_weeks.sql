-- How alike neighbouring days and weeks of a baseline are: how many times larger the variance of a week's sum is than of seven days by themselves, and how a
-- week is like the one before. Where nothing strays both say nothing.
-- grain: measure_id, energy
with
weeks as (
  select
    e.measure_id, e.energy, (e.settlement_date - p.baseline_from) // 7 as week,
    round(sum(e.strayed)::double / sqrt(count(*)), 6)::decimal(18, 6) as strayed
  from intermediate.measure_expected e
  join intermediate.measure_periods p using (measure_id, energy)
  where e.strayed is not null
  group by e.measure_id, e.energy, week
  having count(*) >= 4
),

followed as (
  select *, if(lag(week) over by_week = week - 1, lag(strayed) over by_week, null) as strayed_before
  from weeks
  window by_week as (partition by measure_id, energy order by week)
)

select
  measure_id, energy,
  count(*)::integer as weeks,
  greatest(sum((strayed::decimal(24, 6) * strayed)::decimal(38, 12))::double / count(*), 0.5) as alike_days,
  least(greatest(
    sum((strayed::decimal(24, 6) * strayed_before)::decimal(38, 12))::double / nullif(sum((strayed::decimal(24, 6) * strayed)::decimal(38, 12)) filter (strayed_before is not null)::double, 0), 0
  ), 0.8) as rho
from followed
group by measure_id, energy
