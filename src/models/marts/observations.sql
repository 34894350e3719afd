-- What others publish, as it was last told: weather, grid, calorific value, statistics of areas.
-- grain: series, item, area, starts_at, period, status
select
  series, item, area, starts_at::timestamp_ms as starts_at, period, told.value::double as quantity, told.unit as unit, status, told.provider as provider
from staging.observations
order by series, item, area, starts_at, period, status
