-- Pairs of standing revisions of one day of a meter point that disagree with nothing to order them: not when they were issued, nor that one is an actual
-- and the other an estimate, nor a sender who corrects by sending again. `yields` is the one that gives way all the same: to one that a person accepted
-- since, or the coarser where the two are equal when rounded to its decimals; null where they are in conflict. Each revision is compared with the first of
-- its day, up to most_compared: what came first stays counted, so that comparing all with all would say no more of a day that is told thousands of times.
-- grain: meter, channel, settlement_date, earlier, later
with
told as (
  select *, hash(quantity, present, estimated) as words
  from intermediate.retold_revisions
),

differing as materialized (
  select
    t.*, s.received_at, s.issued_at, s.archived_in, s.sender, d.accepted_at,
    t.present & ~t.estimated as actual,
    bit_or(t.present & ~t.estimated) over day as actual_in_any,
    row_number() over (day order by s.received_at, t.load_id, t.meter_key, t.told_in) as place
  from told t
  join staging.standing_loads s using (load_id)
  left join staging.decided_days d
    on d.load_id = t.load_id and d.meter_key = t.meter_key and d.channel = t.told_channel and d.unit = t.told_in and d.settlement_date = t.settlement_date
  window day as (partition by t.meter, t.channel, t.settlement_date)
  qualify min(t.words) over day <> max(t.words) over day
),

unordered as materialized (
  select
    a.meter, a.channel, a.settlement_date, a.revision as earlier, b.revision as later, a.archived_in = b.archived_in as came_together,
    largest_difference(a.quantity, b.quantity, (a.actual & b.actual) | (a.estimated & b.estimated & ~a.actual_in_any)) as difference,
    case
      when b.accepted_at > coalesce(a.accepted_at, a.received_at) then a.revision
      when a.accepted_at > coalesce(b.accepted_at, b.received_at) then b.revision
    end as overruled,
    a.kwh_per_unit as earlier_unit, b.kwh_per_unit as later_unit,
    a.load_id as earlier_load, a.meter_key as earlier_key, b.load_id as later_load, b.meter_key as later_key, a.told_in as earlier_told_in, b.told_in as later_told_in,
    b.present & ~a.present = 0 as is_later_within, a.present & ~b.present = 0 as is_earlier_within
  from differing a
  join differing b using (meter, channel, settlement_date)
  where a.place < b.place and a.place <= most_compared()
    and not coalesce(a.load_id <> b.load_id and (a.issued_at <> b.issued_at or a.sender = b.sender), false)
    and largest_difference(a.quantity, b.quantity, (a.actual & b.actual) | (a.estimated & b.estimated & ~a.actual_in_any)) > 1e-9
),

spoken as (
  select earlier_load as load_id, earlier_key as meter_key, earlier_told_in as unit from unordered
  union
  select later_load, later_key, later_told_in from unordered
),

written as (
  select load_id, meter_key, unit, decimals_step(max(list_max(list_transform(quantity, each -> decimals_of(each))))) as step
  from raw.meter_days
  semi join spoken using (load_id, meter_key, unit)
  group by load_id, meter_key, unit
),

measured as (
  select u.*, e.step * u.earlier_unit as earlier_step, l.step * u.later_unit as later_step
  from unordered u
  join written e on e.load_id = u.earlier_load and e.meter_key = u.earlier_key and e.unit = u.earlier_told_in
  join written l on l.load_id = u.later_load and l.meter_key = u.later_key and l.unit = u.later_told_in
)

select
  meter, channel, settlement_date, earlier, later, came_together,
  difference > greatest(earlier_step, later_step) / 2 + 1e-9 as is_conflict,
  case
    when is_conflict then overruled
    when later_step > earlier_step and is_later_within then later
    when earlier_step > later_step and is_earlier_within then earlier
  end as yields
from measured
