-- The energy signature of each site and energy: of the two kinds, with open and shut days apart or not, the one that does better on days it was not fitted to;
-- and whether it may be shown. `failed` names the gate that it does not pass: then the days themselves are shown and not the line.
-- grain: site_id, energy, opening
with chosen as (
  select *
  from intermediate.signature_trials
  qualify row_number() over (partition by site_id, energy order by cv_rmse, is_parted) = 1
)

select
  f.site_id, f.energy, f.opening, f.shape, f.base as base_kw, f.heating_point, f.heating_slope as heating_kw_per_degree, f.cooling_point,
  f.cooling_slope as cooling_kw_per_degree, f.adjusted_r2, f.days,
  c.is_parted, c.days as tried_days, c.cv_rmse, c.bias, c.autocorrelation,
  case
    when c.days < threshold('signature_days') then 'fewer than ' || threshold('signature_days')::integer || ' days are known'
    when c.cv_rmse is null then 'nothing is used'
    when c.cv_rmse > threshold('signature_cv') then 'its days stray too far from it (CV(RMSE) ' || round(100 * c.cv_rmse) || '%)'
    when abs(c.bias) > threshold('signature_bias') then 'it misses days it has not seen by ' || round(100 * c.bias, 1) || '%'
  end as failed
from intermediate.signature_fits f
join chosen c on c.site_id = f.site_id and c.energy = f.energy and c.is_parted = (f.opening <> 'any')
where f.part = 'day' and f.left_out = 0
