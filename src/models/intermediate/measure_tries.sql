-- How far each day of a baseline is from the signature that was fitted without its quarter of the weeks, kW: with open and shut days apart, and without.
-- grain: measure_id, energy, is_parted, settlement_date
select
  d.measure_id, d.energy, f.opening <> 'any' as is_parted, d.settlement_date, d.kw,
  round(d.kw::double - signature_at(d.celsius::double, f.base, f.heating_point, f.heating_slope, f.cooling_point, f.cooling_slope), 6)::decimal(18, 6) as error_kw
from intermediate.measure_days d
join intermediate.measure_fits f
  on f.measure_id = d.measure_id and f.energy = d.energy
  and f.opening in ('any', d.opening) and f.left_out = quarter_of_weeks(d.settlement_date)
where d.period = 'baseline'
