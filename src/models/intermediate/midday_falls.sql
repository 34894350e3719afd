-- Sites without a registered array that buy clearly less at midday than a year ago and no less by night, and at midday while they are shut less than by night,
-- which no building does that has no panels: one row a site. What is bought is all that is known there, so that its use would be told too low.
-- grain: site_id
with
days as (
  select
    m.site_id, m.settlement_date, m.opening, m.kw, m.expected_kw, m.excess_kw, m.spread_kw,
    n.kw as night_kw, n.expected_kw as night_expected_kw, n.excess_kw as night_excess_kw,
    row_number() over (partition by m.site_id order by m.settlement_date desc) as newest
  from intermediate.part_excess m
  join intermediate.part_excess n on n.site_id = m.site_id and n.energy = m.energy and n.settlement_date = m.settlement_date and n.part = 'night'
  where m.energy = 'electricity' and m.part = 'midday'
    and m.site_id not in (select site_id from council.generation_assets where site_id is not null)
),

levels as (
  select
    site_id, -median(excess_kw) as level_kw, median(expected_kw) as usual_kw, median(spread_kw) as spread_kw,
    median(night_excess_kw) as night_excess_kw
  from days
  where newest <= newest_days('any')
  group by site_id
  having count(*) = newest_days('any') and max(settlement_date) > getvariable('as_of') - threshold('finding_stale_days')::integer
),

-- The newest days on which it was shut: what it took at midday against the night, then and as expected.
shut_days as (
  select
    site_id,
    median(kw) / nullif(median(night_kw), 0) as midday_share,
    median(expected_kw) / nullif(median(night_expected_kw), 0) as usual_share
  from days
  where newest <= 2 * newest_days('any') and opening <> 'open'
  group by site_id
  having count(*) >= threshold('finding_scope_days')
),

sums as (
  select
    d.site_id, d.settlement_date,
    sum(-d.excess_kw - l.level_kw / 2) over so_far as beyond_half,
    lead(d.settlement_date) over days as next_date
  from days d
  join levels l using (site_id)
  window days as (partition by d.site_id order by d.settlement_date), so_far as (days rows unbounded preceding)
),

begun as (
  select site_id, if(min(beyond_half) < 0, arg_min(next_date, {'sum': beyond_half, 'day': settlement_date}), min(settlement_date)) as since
  from sums
  group by site_id
)

select l.site_id, b.since, l.level_kw::double as level_kw, l.usual_kw::double as usual_kw, (getvariable('as_of') - b.since + 1)::integer as days_counted
from levels l
join shut_days s using (site_id)
join begun b using (site_id)
where l.level_kw > greatest(threshold('finding_spread') * l.spread_kw, threshold('finding_share') * l.usual_kw, worth_a_visit_kw('electricity'))
  and l.night_excess_kw > -l.level_kw / 4
  and s.midday_share < threshold('panels_midday') and s.usual_share >= threshold('panels_midday')
