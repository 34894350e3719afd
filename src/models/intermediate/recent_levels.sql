-- Parts of days that took clearly less electricity in the weeks that ended two months ago than a year before, whatever the weather: kW, how far days stray, and the
-- temperatures of which that is known. A rise since then is judged from there: it may stay below what was usual a year ago.
-- grain: site_id, energy, part, opening
select
  site_id, energy, part, opening,
  median(kw)::decimal(18, 4) as level_kw,
  greatest(1.4826 * mad(kw)::double, 0.01) as spread_kw,
  min(degrees) - 1 as coldest, max(degrees) + 1 as warmest
from intermediate.part_expected
where energy = 'electricity'
  and settlement_date between recent_first_day() and recent_last_day()
group by site_id, energy, part, opening
having count(*) >= threshold('recent_days')
  and median(kw - expected_kw) < -greatest(threshold('finding_share') * median(expected_kw), worth_a_visit_kw('electricity'))
  and coalesce(abs(corr(kw::double, degrees::double)), 0) < threshold('recent_flat')
