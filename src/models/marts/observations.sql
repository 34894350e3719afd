-- What others publish, as last reported: weather, grid, calorific value, statistics of areas.
-- grain: series, item, area, starts_at, period, status
select
  series, item, area, starts_at::timestamp_ms as starts_at, period, latest.value::double as quantity, latest.unit as unit, status, latest.provider as provider
from staging.observations
order by series, item, area, starts_at, period, status
