-- The places whose temperatures are held: those of weather-stations.csv, and areas that are named by their own latitude and longitude.
-- grain: station_id
with
observed as (
  select distinct area
  from staging.observations
  where series = 'air_temperature'
)

select
  o.area as station_id,
  coalesce(s.station_name, o.area) as station_name,
  coalesce(s.latitude, try_cast(split_part(o.area, ',', 1) as double)) as latitude,
  coalesce(s.longitude, try_cast(split_part(o.area, ',', 2) as double)) as longitude,
  s.height_m
from observed o
left join council.weather_stations s on s.station_id = o.area
