-- What each counted day of a measure would have taken by the signature of its baseline, kWh, what it took, and how far such a day strays, kW: days that are heated or cooled and days that
-- are not stray differently, and so do open and shut ones. A day of the baseline also has what it strayed from a signature that had not seen it, in times that.
-- grain: measure_id, energy, settlement_date
with
days as (
  select
    d.measure_id, d.energy, d.settlement_date, d.period, d.kw, d.hours, d.is_estimated, d.celsius, f.opening,
    signature_at(d.celsius::double, f.base, f.heating_point, f.heating_slope, f.cooling_point, f.cooling_slope) as expected_kw,
    greatest(coalesce(f.heating_point - d.celsius::double, 0), 0) as heating_degrees,
    greatest(coalesce(d.celsius::double - f.cooling_point, 0), 0) as cooling_degrees,
    heating_degrees + cooling_degrees > 0 as is_tempered,
    t.error_kw
  from intermediate.measure_days d
  join intermediate.measure_trials c using (measure_id, energy)
  join intermediate.measure_fits f
    on f.measure_id = d.measure_id and f.energy = d.energy and f.left_out = 0
    and f.opening = if(c.is_parted, d.opening, 'any')
  left join intermediate.measure_tries t
    on t.measure_id = d.measure_id and t.energy = d.energy and t.is_parted = c.is_parted and t.settlement_date = d.settlement_date
),

strays as (
  select
    measure_id, energy, opening, is_tempered,
    count(error_kw) as tried,
    sum((error_kw::decimal(24, 6) * error_kw)::decimal(38, 12)) as squares
  from days
  group by measure_id, energy, opening, is_tempered
),

spreads as (
  select
    measure_id, energy, opening, is_tempered,
    sqrt(if(tried >= 20, squares::double / tried, (sum(squares) over of_baseline)::double / (sum(tried) over of_baseline)::double)) as spread_kw
  from strays
  window of_baseline as (partition by measure_id, energy)
)

select d.*, s.spread_kw, round(d.error_kw::double / nullif(s.spread_kw, 0), 6)::decimal(18, 6) as strayed
from days d
join spreads s using (measure_id, energy, opening, is_tempered)
