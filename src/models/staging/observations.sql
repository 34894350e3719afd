-- What others publish, as last reported: weather, grid, calorific value, statistics of areas. starts_at is UTC, or the date itself of a day or longer.
-- grain: series, item, area, starts_at, period, status
select
  series, item, area, starts_at, period, status,
  arg_max({'value': value, 'unit': unit, 'provider': provider}, precedence) as latest
from raw.observations
join staging.standing_loads using (load_id)
group by series, item, area, starts_at, period, status
