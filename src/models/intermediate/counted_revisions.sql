-- Of the days that are in dispute, the revisions that count. The columns are those that merge_half_hours reads, and their name.
-- grain: meter, channel, settlement_date, revision
select meter, channel, unit, settlement_date, quantity, present, estimated, precedence, revision
from intermediate.disputed_revisions
where outcome = 'counts'
