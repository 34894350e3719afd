-- The station that each site takes its weather from: the nearest in reach, by the great circle; of a site that says no place, or of a station that has none, the only one
-- there is. A site without a row has no weather.
-- grain: site_id
with distances as (
  select
    s.site_id, w.station_id, w.height_m,
    2 * 6371 * asin(sqrt(
      power(sin(radians(w.latitude - s.latitude) / 2), 2)
      + cos(radians(s.latitude)) * cos(radians(w.latitude)) * power(sin(radians(w.longitude - s.longitude) / 2), 2)
    )) as distance_km
  from council.sites s
  cross join intermediate.weather_stations w
)

select site_id, station_id, height_m, round(distance_km, 1) as distance_km
from distances
where distance_km <= threshold('weather_reach') or (distance_km is null and (select count(*) from intermediate.weather_stations) = 1)
qualify row_number() over (partition by site_id order by distance_km, station_id) = 1
