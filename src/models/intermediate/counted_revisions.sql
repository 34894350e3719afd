-- Of the days that are told more than once, the revisions that count: all of a day that is not in dispute, and of one that is those that stand. The columns
-- are those that merge_half_hours reads, and their name.
-- grain: meter, channel, settlement_date, revision
select meter, channel, unit, settlement_date, quantity, present, estimated, precedence, revision
from intermediate.retold_revisions
anti join intermediate.disputed_revisions using (meter, channel, settlement_date)
union all
select meter, channel, unit, settlement_date, quantity, present, estimated, precedence, revision
from intermediate.disputed_revisions
where outcome = 'counts'
