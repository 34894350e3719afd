-- The signature of each series, kW by the day's mean temperature: balance points from 0 (frost protection) to 20 °C for heating, from 14 to 24 °C for cooling, by a degree.
-- grain: series
select
  s.site_id, s.energy, s.part, s.opening, s.left_out, f.*,
  sqrt(f.squared_error / nullif(f.days - f.terms, 0)) as spread_kw
from best_signatures('intermediate.signature_days', 0, 20, 14, 24, 1) f
join intermediate.signature_series s using (series)
