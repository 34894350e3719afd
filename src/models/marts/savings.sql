-- What each measure saved, by the meter of its building, with the range in which nine of ten true values lie; and of a planned one the smallest saving that this
-- meter can show. IPMVP Option C (whole building), CalTRACK 2.0 daily method (superseded by OpenDSM): a signature of the 365 days before the work says what each day since
-- would have taken in its weather; what it took is subtracted. Days that are not known are in neither. £ and t CO₂e are at the rates and factors of the as-of date.
-- grain: measure_id
-- check: avoided_kwh_low is null or (avoided_kwh_low <= avoided_kwh and avoided_kwh <= avoided_kwh_high)
-- check: no_claim is null or avoided_kwh is null
with
rates as (
  select m.measure_id, e.energy, t.gbp_per_kwh, f.t_co2e_per_kwh
  from council.measures m
  cross join (values ('electricity'), ('gas')) as e(energy)
  left join intermediate.site_tariffs t on t.site_id = m.site_id and t.energy = e.energy
  left join intermediate.energy_factors f on f.energy = e.energy
),

saved as (
  select s.*
  from intermediate.measure_savings s
  join intermediate.measure_claims c using (measure_id, energy)
  where c.no_claim is null
),

powers as (
  select
    measure_id, energy, any_value(kwh_a_day) as kwh_a_day,
    max(smallest_kwh) filter (weeks = 13) as kwh_13, max(smallest_kwh / expected_kwh) filter (weeks = 13) as share_13,
    max(smallest_kwh) filter (weeks = 26) as kwh_26, max(smallest_kwh / expected_kwh) filter (weeks = 26) as share_26,
    max(smallest_kwh) filter (weeks = 52) as kwh_52, max(smallest_kwh / expected_kwh) filter (weeks = 52) as share_52,
    min(w.weeks) filter (smallest_kwh <= m.expected_kwh_a_year * w.weeks * 7 / 365) as weeks_to_show
  from intermediate.measure_powers w
  join council.measures m using (measure_id, energy)
  group by measure_id, energy
),

-- The other energy of the site where it changed too: its range does not reach zero, and it is a twentieth or more of what it would have taken.
others as (
  select s.measure_id, s.energy, s.avoided_kwh, s.half_kwh, r.gbp_per_kwh, r.t_co2e_per_kwh
  from saved s
  join intermediate.measure_periods p using (measure_id, energy)
  join rates r using (measure_id, energy)
  where not p.is_own and s.span = 'since' and abs(s.avoided_kwh) > s.half_kwh and abs(s.avoided_kwh) >= 0.05 * s.expected_kwh
  qualify row_number() over (partition by s.measure_id order by abs(s.avoided_kwh) desc, s.energy) = 1
),

alarms as (
  select
    measure_id, energy,
    min(settlement_date) filter (alarm = 'less') as less_since,
    min(settlement_date) filter (alarm = 'more') as more_since
  from intermediate.measure_cusum
  group by measure_id, energy
)

select
  m.measure_id, m.site_id, n.site_name, m.energy, m.what,
  m.started_on::timestamp_ms as started_on, m.completed_on::timestamp_ms as completed_on,
  case
    when p.done_on is null and p.is_begun then 'under way'
    when p.done_on is null then 'planned'
    when c.no_claim is not null then 'no claim'
    when s.avoided_kwh > s.half_kwh then 'saves'
    when s.avoided_kwh < -s.half_kwh then 'takes more'
    else 'not shown'
  end as outcome,
  c.no_claim, c.cautions,
  case
    when s.avoided_kwh is null then null
    when abs(s.avoided_kwh) <= s.half_kwh then 'low'
    when c.cautions is null and s.half_kwh <= 0.5 * abs(s.avoided_kwh) then 'high'
    else 'medium'
  end as confidence,
  p.baseline_from::timestamp_ms as baseline_from, p.baseline_to::timestamp_ms as baseline_to, c.baseline_days,
  (p.done_on + 1)::timestamp_ms as reporting_from, c.reporting_days, c.missing_days, s.estimated_days, c.days_beyond_baseline,
  t.is_parted, t.cv_rmse::double as cv_rmse, t.bias::double as bias, d.years as years_before, d.moves_share::double as moves_share,
  s.expected_kwh, s.actual_kwh, s.avoided_kwh,
  s.avoided_kwh - s.half_kwh as avoided_kwh_low, s.avoided_kwh + s.half_kwh as avoided_kwh_high,
  s.avoided_kwh / nullif(s.expected_kwh, 0) as avoided_share,
  s.avoided_kwh * r.gbp_per_kwh as avoided_gbp,
  s.avoided_kwh * r.t_co2e_per_kwh as avoided_t_co2e,
  y.days as year_days,
  y.avoided_kwh as year_kwh, y.avoided_kwh - y.half_kwh as year_kwh_low, y.avoided_kwh + y.half_kwh as year_kwh_high,
  y.avoided_kwh * r.gbp_per_kwh as year_gbp,
  (y.avoided_kwh - y.half_kwh) * r.gbp_per_kwh as year_gbp_low, (y.avoided_kwh + y.half_kwh) * r.gbp_per_kwh as year_gbp_high,
  y.avoided_kwh * r.t_co2e_per_kwh as year_t_co2e,
  (y.avoided_kwh - y.half_kwh) * r.t_co2e_per_kwh as year_t_co2e_low, (y.avoided_kwh + y.half_kwh) * r.t_co2e_per_kwh as year_t_co2e_high,
  m.cost_gbp::double as cost_gbp,
  m.expected_kwh_a_year::double as promised_kwh_a_year,
  -- The promise for the days that are counted, in the proportion of what they would have taken.
  (m.expected_kwh_a_year * s.expected_kwh / nullif(365 * w.kwh_a_day, 0))::double as promised_kwh,
  a.less_since::timestamp_ms as less_since, a.more_since::timestamp_ms as more_since,
  o.energy as other_energy, o.avoided_kwh as other_kwh, o.avoided_kwh - o.half_kwh as other_kwh_low, o.avoided_kwh + o.half_kwh as other_kwh_high,
  o.avoided_kwh * o.gbp_per_kwh as other_gbp,
  o.avoided_kwh * o.t_co2e_per_kwh as other_t_co2e,
  w.kwh_13 as smallest_kwh_13_weeks, w.share_13 as smallest_share_13_weeks,
  w.kwh_26 as smallest_kwh_26_weeks, w.share_26 as smallest_share_26_weeks,
  w.kwh_52 as smallest_kwh_52_weeks, w.share_52 as smallest_share_52_weeks,
  w.weeks_to_show::integer as weeks_to_show
from council.measures m
join council.sites n using (site_id)
join intermediate.measure_periods p using (measure_id, energy)
join intermediate.measure_claims c using (measure_id, energy)
left join intermediate.measure_trials t using (measure_id, energy)
left join intermediate.measure_steadiness d using (measure_id, energy)
left join saved s on s.measure_id = m.measure_id and s.energy = m.energy and s.span = 'since'
left join saved y on y.measure_id = m.measure_id and y.energy = m.energy and y.span = 'year' and y.days >= threshold('signature_days')
left join rates r on r.measure_id = m.measure_id and r.energy = m.energy
left join powers w on w.measure_id = m.measure_id and w.energy = m.energy and c.no_claim is null
left join others o on o.measure_id = m.measure_id
left join alarms a on a.measure_id = m.measure_id and a.energy = m.energy and c.no_claim is null
order by m.completed_on desc nulls last, m.measure_id
