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

before as (
  select meter, channel, settlement_date, later as revision, list(earlier) as before
  from conflicts
  where not came_together
  group by meter, channel, settlement_date, later
),

told as (
  select
    r.*, s.received_at,
    row_number() over (
      partition by r.meter, r.channel, r.settlement_date order by s.received_at, r.load_id, r.meter_key, r.told_in
    ) as place
  from intermediate.retold_revisions r
  semi join intermediate.contradictions using (meter, channel, settlement_date)
  join staging.standing_loads s using (load_id)
),

placed as (
  select t.*, y.revision is not null as is_yielding, coalesce(b.before, []) as before
  from told t
  left join yielding y using (meter, channel, settlement_date, revision)
  left join before b using (meter, channel, settlement_date, revision)
),

-- Of the first of each day, with which all others were compared, those that stand: one after the other, each where none stands that it contradicts.
days as (
  select
    meter, channel, settlement_date,
    list_reduce(
      list_concat([[]::varchar[]], list(list_concat([revision], before) order by place)),
      (stood, each) -> if(list_has_any(stood, each[2:]), stood, list_append(stood, each[1]))
    ) as stood
  from placed
  where not is_yielding and place <= most_compared()
  group by meter, channel, settlement_date
),

standing as (
  select p.meter, p.channel, p.settlement_date, p.revision
  from placed p
  left join days d using (meter, channel, settlement_date)
  where not p.is_yielding
    and if(p.place <= most_compared(), list_contains(d.stood, p.revision), not coalesce(list_has_any(d.stood, p.before), false))
),

-- Those that stand and came in one run with another that stands and that they contradict.
tied_pairs as (
  select c.meter, c.channel, c.settlement_date, c.earlier, c.later
  from conflicts c
  join standing e on e.meter = c.meter and e.channel = c.channel and e.settlement_date = c.settlement_date and e.revision = c.earlier
  join standing l on l.meter = c.meter and l.channel = c.channel and l.settlement_date = c.settlement_date and l.revision = c.later
  where c.came_together
),

tied as (
  select meter, channel, settlement_date, earlier as revision from tied_pairs
  union
  select meter, channel, settlement_date, later from tied_pairs
)

select
  p.meter, p.channel, p.unit, p.settlement_date, p.quantity, p.present, p.estimated, p.precedence, p.load_id, p.revision,
  case
    when p.is_yielding then 'gives way'
    when s.revision is null then 'waits'
    when t.revision is not null then 'tied'
    else 'counts'
  end as outcome
from placed p
left join standing s using (meter, channel, settlement_date, revision)
left join tied t using (meter, channel, settlement_date, revision)
