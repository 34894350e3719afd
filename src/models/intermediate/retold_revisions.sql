-- Every standing revision of the days of a meter point that are told more than once: few of all, and the only ones that can correct or contradict another.
-- grain: meter, channel, settlement_date, load_id, meter_key, told_channel, told_in
with
retold as (
  select meter, channel, settlement_date
  from staging.revisions
  group by all
  having count(*) > 1
)

select *, revision_name(load_id, meter_key, told_in) as revision
from staging.revisions
semi join retold using (meter, channel, settlement_date)
