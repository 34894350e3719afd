-- What is held of each meter point's day now: every half-hour from its best and latest revision.
-- grain: meter_point_id, channel, settlement_date
select meter as meter_point_id, channel, settlement_date, quantity as kwh, present, estimated, revisions
from merge_half_hours('staging.revisions')
