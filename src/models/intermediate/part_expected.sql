-- What each part of a day took and what its signature says of it, kW: of the days after those that signatures are fitted to, and of the weeks before (`recent_levels`).
-- Expected is what the signature says, and how days of that temperature strayed from it. A day at a temperature of which too few days are known is not judged:
-- frost in a holiday that was mild a year ago.
-- grain: site_id, energy, part, settlement_date
select
  d.site_id, d.energy, d.part, d.settlement_date, d.opening, d.celsius, d.degrees, d.kw,
  s.spread_kw,
  coalesce(f.heating_slope, 0) <> 0 or coalesce(f.cooling_slope, 0) <> 0 as follows_weather,
  greatest(
    round(
      signature_at(d.degrees::double, f.base, f.heating_point, f.heating_slope, f.cooling_point, f.cooling_slope)
      + s.mean_error_kw,
      4
    ),
    0
  )::decimal(18, 4) as expected_kw
from intermediate.part_days d
join intermediate.signature_fits f
  on f.site_id = d.site_id and f.energy = d.energy and f.part = d.part and f.opening = d.opening and f.left_out = 0
join intermediate.signature_strays s
  on s.series = f.series and s.temperature_step = temperature_step(d.degrees) and s.spread_kw is not null
where d.settlement_date > least(signature_last_day(), recent_first_day() - 1)
  and f.days >= 45
  and d.degrees is not null
