-- How much power each site takes of an energy at which outside temperature, fitted to a year that ended a month and more ago: on open and shut days apart
-- where that does better on days it was not fitted to. Where a gate fails, `failed` says which, and the line is not to be shown.
-- Beside it what the days since took beyond it, and how much of that may be chance: `finding_spread` times what days stray that it was not fitted to, days in a row
-- being alike.
-- grain: site_id, energy, opening
with since as (
  select
    site_id, energy,
    sum(round(excess_kwh, 4)::decimal(24, 4)) filter (not is_fitted)::double as kwh,
    count(*) filter (not is_fitted and excess_kwh is not null) as days,
    avg(round(kw, 4)::decimal(18, 4)) filter (is_fitted) * 24 as usual_kwh
  from marts.signature_points
  group by site_id, energy
)

select
  s.site_id, i.site_name, s.energy, s.opening, s.shape, s.base_kw, s.heating_point as heating_point_c, s.heating_kw_per_degree, s.cooling_point as cooling_point_c,
  s.cooling_kw_per_degree, s.adjusted_r2, s.days, s.is_parted, s.tried_days, s.cv_rmse, s.bias, s.autocorrelation, s.failed,
  (signature_last_day() - 364)::timestamp_ms as from_date,
  signature_last_day()::timestamp_ms as to_date,
  w.station_id is not null as has_weather,
  case when n.days > 0 then n.kwh end as excess_kwh,
  case when n.days > 0 then threshold('finding_spread') * s.cv_rmse * n.usual_kwh * sqrt(n.days * alike_weeks(s.autocorrelation, n.days)) end as excess_chance_kwh
from intermediate.signatures s
join council.sites i using (site_id)
left join intermediate.site_stations w using (site_id)
left join since n using (site_id, energy)
order by s.site_id, s.energy, s.opening
