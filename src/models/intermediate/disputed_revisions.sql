-- Every standing revision of the days that are in dispute, and what came of it. What was counted before stays counted, and what disagrees with it waits;
-- of those that first came in one run and disagree none counts. What gives way to another is out without a question.
-- grain: meter, channel, settlement_date, revision
with
yielding as (
  select distinct meter, channel, settlement_date, yields as revision
  from intermediate.contradictions
  where yields is not null
),

conflicts as (
  select c.*
  from intermediate.contradictions c
  anti join yielding e on e.meter = c.meter and e.channel = c.channel and e.settlement_date = c.settlement_date and e.revision = c.earlier
  anti join yielding l on l.meter = c.meter and l.channel = c.channel and l.settlement_date = c.settlement_date and l.revision = c.later
  where c.is_conflict
),

against as (
  select meter, channel, settlement_date, later as revision, earlier as other, came_together from conflicts
  union all
  select meter, channel, settlement_date, earlier, later, came_together from conflicts where came_together
),

others as (
  select
    meter, channel, settlement_date, revision,
    coalesce(list(other) filter (not came_together), []) as before,
    coalesce(list(other) filter (came_together), []) as beside
  from against
  group by meter, channel, settlement_date, revision
),

told as (
  select r.*, s.received_at
  from intermediate.retold_revisions r
  semi join intermediate.contradictions using (meter, channel, settlement_date)
  join staging.standing_loads s using (load_id)
),

placed as (
  select t.*, y.revision is not null as is_yielding, coalesce(o.before, []) as before, coalesce(o.beside, []) as beside
  from told t
  left join yielding y using (meter, channel, settlement_date, revision)
  left join others o using (meter, channel, settlement_date, revision)
),

days as (
  select
    meter, channel, settlement_date,
    list_reduce(
      list_concat([[]::varchar[]], list(list_concat([revision], before) order by received_at, load_id, meter_key, told_in)),
      (stood, each) -> if(list_has_any(stood, each[2:]), stood, list_append(stood, each[1]))
    ) as stood
  from placed
  where not is_yielding
  group by meter, channel, settlement_date
)

select
  p.meter, p.channel, p.unit, p.settlement_date, p.quantity, p.present, p.estimated, p.precedence, p.load_id, p.revision,
  case
    when p.is_yielding then 'gives way'
    when not list_contains(d.stood, p.revision) then 'waits'
    when list_has_any(d.stood, p.beside) then 'tied'
    else 'counts'
  end as outcome
from placed p
left join days d using (meter, channel, settlement_date)
