-- What each part of a day took above what is expected of it, kW: of the days after those that signatures are fitted to. Expected is what its signature says, or
-- what it took in the weeks before last month where that is clearly less; of what follows the weather, at temperatures that those weeks had.
-- grain: site_id, energy, part, settlement_date
with
nearer as (
  select
    e.* exclude (degrees, follows_weather),
    if(r.is_less, greatest(round(r.at_zero_kw + r.kw_per_degree * e.degrees::double, 4), 0)::decimal(18, 4), null) as recent_kw,
    r.spread_kw as recent_spread_kw
  from intermediate.part_expected e
  left join intermediate.recent_levels r
    on r.site_id = e.site_id and r.energy = e.energy and r.part = e.part and r.opening = e.opening
    and (not e.follows_weather or e.degrees between r.coldest and r.warmest)
  where e.settlement_date > signature_last_day()
)

select
  * exclude (spread_kw, expected_kw, recent_kw, recent_spread_kw),
  if(recent_kw < expected_kw, recent_spread_kw, least(spread_kw, recent_spread_kw)) as spread_kw,
  least(expected_kw, recent_kw) as expected_kw,
  kw - least(expected_kw, recent_kw) as excess_kw
from nearer
