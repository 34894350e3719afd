-- What each part of a day took above what is expected of it, kW: of the days after those that signatures are fitted to. Expected is what its signature says, or
-- what it took in the weeks before last month where that is clearly less; of what follows the weather, at temperatures that those weeks had.
-- grain: site_id, energy, part, settlement_date
select
  e.* exclude (degrees, follows_weather, spread_kw, expected_kw),
  coalesce(r.spread_kw, e.spread_kw) as spread_kw,
  least(e.expected_kw, r.level_kw) as expected_kw,
  e.kw - least(e.expected_kw, r.level_kw) as excess_kw
from intermediate.part_expected e
left join intermediate.recent_levels r
  on r.site_id = e.site_id and r.energy = e.energy and r.part = e.part and r.opening = e.opening
  and r.level_kw < e.expected_kw
  and (not e.follows_weather or e.degrees between r.coldest and r.warmest)
where e.settlement_date > signature_last_day()
