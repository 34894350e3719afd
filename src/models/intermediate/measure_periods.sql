-- The periods of each measure, of the energy that it is to save and of the others of its site: the 365 days before the work began, and from the day after it
-- was done to the as-of date. What lies between is compared with nothing. Of a measure that is only planned the year before the as-of date is the baseline. Up to three years before
-- the baseline, in which nothing is known to have changed, are what it is tried on.
-- grain: measure_id, energy
with
dated as (
  select
    measure_id, site_id, energy,
    coalesce(started_on, completed_on) as begins_on,
    if(completed_on <= getvariable('as_of'), completed_on, null) as done_on
  from council.measures
)

select
  m.measure_id, m.site_id, e.energy, e.energy = m.energy as is_own,
  coalesce(m.begins_on <= getvariable('as_of'), false) as is_begun,
  m.done_on,
  if(is_begun, m.begins_on - 365, getvariable('as_of') - 364) as baseline_from,
  if(is_begun, m.begins_on - 1, getvariable('as_of')) as baseline_to,
  greatest(
    baseline_from - 3 * 365,
    first_day((select max(v.happened_on) + 1 from council.events v where v.changes_use and (v.site_id = m.site_id or v.site_id is null) and v.happened_on < baseline_from)),
    first_day((select max(o.completed_on) + 1 from council.measures o where o.site_id = m.site_id and o.completed_on < baseline_from))
  ) as before_from
from dated m
join (
  select site_id, energy from intermediate.measure_reads
  union
  select site_id, energy from council.measures
) e using (site_id)
