-- The half-hour of the wall clock (0 is 00:00–00:30) in which each settlement period of a kind of day begins.
-- grain: day_kind, settlement_period
with periods as (
  select d.day_kind, p.settlement_period
  from (select distinct day_kind, periods from ops.settlement_days) d
  join range(1, 51) as p(settlement_period) on p.settlement_period <= d.periods
)

select
  day_kind,
  settlement_period::integer as settlement_period,
  case
    when day_kind = 'spring' and settlement_period > 2 then settlement_period + 1
    when day_kind = 'autumn' and settlement_period > 4 then settlement_period - 3
    else settlement_period - 1
  end::integer as clock_half_hour
from periods
