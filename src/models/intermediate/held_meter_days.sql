-- What is held of each meter point's day now: the only word on it, or every half-hour from its best and latest revision that counts.
-- grain: meter_point_id, channel, settlement_date
with
retold as (
  select distinct meter, channel, settlement_date
  from intermediate.retold_revisions
),

disputed as (
  select meter, channel, settlement_date, bool_or(outcome in ('waits', 'tied')) as is_disputed
  from intermediate.disputed_revisions
  group by meter, channel, settlement_date
)

select meter as meter_point_id, channel, settlement_date, quantity as kwh, present, estimated, 1 as revisions, false as is_disputed
from staging.revisions
anti join retold using (meter, channel, settlement_date)
union all
select meter, channel, settlement_date, quantity, present, estimated, revisions, coalesce(is_disputed, false)
from merge_half_hours('intermediate.counted_revisions')
left join disputed using (meter, channel, settlement_date)
