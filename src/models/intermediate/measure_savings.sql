-- What each measure saved of each energy, kWh, since it was done and in the last year, and half of the width of the band in which nine of ten true values lie: from days that stray, from how
-- well the signature is known, and from how far the building moved from year to year by itself before.
-- grain: measure_id, energy, span
select s.* exclude (variance_kwh2), half_band(s.variance_kwh2, coalesce(m.moves_share, 0) * sqrt(s.years_apart) * s.expected_kwh) as half_kwh
from intermediate.measure_sums s
left join intermediate.measure_steadiness m using (measure_id, energy)
where s.span in ('since', 'year')
