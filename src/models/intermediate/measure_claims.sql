-- Why nothing can be claimed of a measure, or be said of a planned one; null where something can: too little is known, or something that changes use happened between the beginning of
-- the baseline and the as-of date. `cautions` are what else a reader must know.
-- grain: measure_id, energy
with
known as (
  select
    measure_id, energy,
    count(*) filter (period = 'baseline')::integer as baseline_days,
    count(*) filter (period = 'reporting')::integer as reporting_days,
    min(celsius) filter (period = 'baseline')::double as coldest,
    max(celsius) filter (period = 'baseline')::double as warmest
  from intermediate.measure_days
  group by measure_id, energy
),

beyond as (
  select d.measure_id, d.energy, count(*)::integer as days
  from intermediate.measure_days d
  join known k using (measure_id, energy)
  where d.period = 'reporting'
    and (d.celsius > k.warmest + 0.1 * (k.warmest - k.coldest) or d.celsius < k.coldest - 0.1 * (k.warmest - k.coldest))
  group by d.measure_id, d.energy
),

happened as (
  select p.measure_id, p.energy, string_agg(e.what || ' (' || strftime(e.happened_on, '%-d %b %Y') || ')', ', ' order by e.happened_on, e.what) as what
  from intermediate.measure_periods p
  join council.events e on (e.site_id = p.site_id or e.site_id is null) and e.happened_on >= p.baseline_from and e.happened_on <= getvariable('as_of')
  where e.changes_use
  group by p.measure_id, p.energy
),

beside as (
  select p.measure_id, p.energy, string_agg(o.what, ', ' order by o.completed_on, o.measure_id) as what
  from intermediate.measure_periods p
  join council.measures o on o.site_id = p.site_id and o.energy = p.energy and o.measure_id <> p.measure_id
  where o.completed_on >= p.baseline_from and o.completed_on <= getvariable('as_of')
  group by p.measure_id, p.energy
)

select
  p.measure_id, p.energy,
  coalesce(k.baseline_days, 0) as baseline_days,
  if(p.done_on is null, null, coalesce(k.reporting_days, 0)) as reporting_days,
  if(p.done_on is null, null, (getvariable('as_of') - p.done_on)::integer) - reporting_days as missing_days,
  if(p.done_on is null, null, coalesce(b.days, 0)) as days_beyond_baseline,
  case
    when s.station_id is null then 'no weather is held for this site'
    when h.what is not null then 'non-routine: ' || h.what
    when p.baseline_from <= date '2021-07-31' and p.baseline_to >= date '2020-03-01' then 'non-routine: the baseline touches March 2020 to July 2021, when buildings were not used as usual'
    when coalesce(k.baseline_days, 0) < threshold('signature_days')
      then 'only ' || coalesce(k.baseline_days, 0) || ' of the 365 days before it are known, with their weather; ' || threshold('signature_days')::integer || ' are needed'
    when c.cv_rmse is null then 'nothing was used in the baseline'
    when p.done_on is not null and coalesce(k.reporting_days, 0) < 28 then 'too soon: ' || coalesce(k.reporting_days, 0) || ' days are known since it was done, 28 are needed'
  end as no_claim,
  nullif(concat_ws('; ',
    if(b.days > 0, b.days || ' of its days are hotter or colder than any of the baseline by more than a tenth of its range', null),
    if(o.what is not null, 'not told apart from what was also done there: ' || o.what, null),
    if(c.cv_rmse > threshold('signature_cv'), 'days stray far from the baseline (CV(RMSE) ' || round(100 * c.cv_rmse)::integer || '%)', null),
    if(abs(c.bias) > threshold('signature_bias'), 'the baseline misses days it has not seen by ' || round(100 * c.bias, 1) || '%', null)
  ), '') as cautions
from intermediate.measure_periods p
left join intermediate.site_stations s using (site_id)
left join known k using (measure_id, energy)
left join beyond b using (measure_id, energy)
left join happened h using (measure_id, energy)
left join beside o using (measure_id, energy)
left join intermediate.measure_trials c using (measure_id, energy)
