-- What is held of each meter point's day now: every half-hour from its best and latest revision that counts.
-- grain: meter_point_id, channel, settlement_date
with
disputed as (
  select meter, channel, settlement_date, bool_or(outcome in ('waits', 'tied')) as is_disputed
  from intermediate.disputed_revisions
  group by meter, channel, settlement_date
)

select meter as meter_point_id, channel, settlement_date, quantity as kwh, present, estimated, revisions, false as is_disputed
from merge_half_hours('staging.revisions')
anti join disputed using (meter, channel, settlement_date)
union all
select meter, channel, settlement_date, quantity, present, estimated, revisions, is_disputed
from merge_half_hours('intermediate.counted_revisions')
join disputed using (meter, channel, settlement_date)
