-- Sites without a registered array that buy clearly less at midday than a year ago and no less by night, and at midday while they are shut less than by night,
-- which no building does that has no panels: one row a site. What is bought is all that is known there, so that its use would be told too low.
-- grain: site_id
with
shut_days as (
  select m.site_id, m.kw, m.expected_kw, n.kw as night_kw, n.expected_kw as night_expected_kw
  from intermediate.part_excess m
  join intermediate.part_excess n using (site_id, energy, settlement_date)
  where m.energy = 'electricity' and m.part = 'midday' and n.part = 'night' and m.opening <> 'open'
  qualify row_number() over (partition by m.site_id order by m.settlement_date desc) <= newest_days('weekend')
),

-- What the newest days on which it was shut took at midday against the night, then and as expected.
shut as (
  select
    site_id,
    median(kw) / nullif(median(night_kw), 0) as midday_share,
    median(expected_kw) / nullif(median(night_expected_kw), 0) as usual_share
  from shut_days
  group by site_id
  having count(*) >= threshold('finding_scope_days')
)

select f.site_id, f.since, f.level_kw, f.usual_kw, f.days_counted
from intermediate.raised_parts f
join intermediate.excess_levels n on n.site_id = f.site_id and n.energy = f.energy and n.part = 'night' and n.scope = 'any'
join shut s on s.site_id = f.site_id
where f.part = 'midday fall'
  and f.site_id not in (select site_id from council.generation_assets where site_id is not null)
  and n.level_kw > -threshold('panels_night') * f.level_kw
  and s.midday_share < threshold('panels_midday') and s.usual_share >= threshold('panels_midday')
