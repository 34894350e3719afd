-- How far each part of the day stands above what is expected, over its newest days (`newest_days`), and since when. The level is the median, so that
-- one odd day says nothing. It began where the sum of what goes beyond half the level was lowest, or beyond what chance does where that is less: what
-- the weather drives was small on the first warm days. Nothing where the newest days are not at hand.
-- grain: site_id, energy, part, scope
-- check: days_counted > 0
with
scoped as (
  select *, unnest(['any', opening]) as scope
  from intermediate.part_excess
  union all by name
  -- A fall of what is bought at midday is judged as a rise of how much less it is: see `midday_falls`.
  select * replace ('midday fall' as part, (-excess_kw)::decimal(18, 4) as excess_kw), 'any' as scope
  from intermediate.part_excess
  where part = 'midday' and energy = 'electricity'
),

ranked as (
  select *, row_number() over (partition by site_id, energy, part, scope order by settlement_date desc) as newest
  from scoped
),

levels as (
  select
    site_id, energy, part, scope,
    median(excess_kw)::decimal(18, 4) as level_kw,
    median(expected_kw)::double as usual_kw,
    median(spread_kw)::double as spread_kw,
    least(level_kw / 2, greatest(threshold('finding_spread') * median(spread_kw), threshold('finding_share') * median(expected_kw), worth_a_visit_kw(energy)))::decimal(18, 4) as reference_kw
  from ranked
  where newest <= newest_days(scope)
  group by site_id, energy, part, scope
  having count(*) = newest_days(scope) and max(settlement_date) > getvariable('as_of') - threshold('finding_stale_days')::integer
),

sums as (
  select
    s.site_id, s.energy, s.part, s.scope, s.settlement_date,
    sum(s.excess_kw - l.reference_kw) over so_far as beyond_half,
    lead(s.settlement_date) over days as next_date
  from scoped s
  join levels l using (site_id, energy, part, scope)
  window days as (partition by s.site_id, s.energy, s.part, s.scope order by s.settlement_date), so_far as (days rows unbounded preceding)
),

begun as (
  select
    site_id, energy, part, scope,
    if(min(beyond_half) < 0, arg_min(next_date, {'sum': beyond_half, 'day': settlement_date}), min(settlement_date)) as since
  from sums
  group by site_id, energy, part, scope
)

select
  l.site_id, l.energy, l.part, l.scope, l.level_kw::double as level_kw, l.usual_kw, l.spread_kw, b.since,
  count(*)::integer as days_counted,
  avg((s.excess_kw > l.reference_kw)::integer)::double as share_above
from levels l
join begun b using (site_id, energy, part, scope)
join scoped s on s.site_id = l.site_id and s.energy = l.energy and s.part = l.part and s.scope = l.scope and s.settlement_date >= b.since
group by all
