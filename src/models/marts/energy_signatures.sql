-- How much power each site takes of an energy at which outside temperature, fitted to a year that ended a month and more ago: on open and shut days apart
-- where that does better on days it was not fitted to. Where a gate fails, `failed` says which, and the line is not to be shown.
-- grain: site_id, energy, opening
select
  s.site_id, n.site_name, s.energy, s.opening, s.shape, s.base_kw, s.heating_point as heating_point_c, s.heating_kw_per_degree, s.cooling_point as cooling_point_c,
  s.cooling_kw_per_degree, s.adjusted_r2, s.days, s.is_parted, s.tried_days, s.cv_rmse, s.bias, s.autocorrelation, s.failed,
  (signature_last_day() - 364)::timestamp_ms as from_date,
  signature_last_day()::timestamp_ms as to_date,
  w.station_id is not null as has_weather
from intermediate.signatures s
join council.sites n using (site_id)
left join intermediate.site_stations w using (site_id)
order by s.site_id, s.energy, s.opening
