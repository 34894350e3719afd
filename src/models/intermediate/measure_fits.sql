-- The signature of each series of a measure's baseline, kW by the day's mean temperature: balance points as of the signatures of sites.
-- grain: series
select s.measure_id, s.energy, s.opening, s.left_out, f.*
from best_signatures('intermediate.measure_fit_days', 8, 20, 14, 24, 1) f
join intermediate.measure_series s using (series)
