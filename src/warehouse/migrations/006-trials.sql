-- Which meters of which loads have been judged, and on what grounds besides their readings: known again when those change.
create table ops.trials (
  load_id integer not null,
  meter_key varchar not null,
  grounds varchar not null
);

-- What was found in a delivery when it was judged: the half-hours of a day (a bit each), why, and what stood there beside what is usual, in kWh. What is
-- doubtful is in no total until somebody accepts it; what is noted counts.
create table ops.doubts (
  load_id integer not null,
  meter_key varchar not null,
  channel varchar not null,
  unit varchar not null,
  settlement_date date not null,
  half_hours ubigint not null,
  kind varchar not null,
  outcome varchar not null check (outcome in ('doubtful', 'noted')),
  found double,
  usual double
);

-- Days of loads on which a person decided, other than by withdrawing the whole load: what the last decision on each was.
create view ops.decided_days as
select
  m.load_id, m.meter_key, m.channel, m.unit, m.settlement_date,
  coalesce(arg_max(d.decision, d.decided_at) filter (d.decision in ('accepted', 'unaccepted')) = 'accepted', false) as is_accepted,
  coalesce(arg_max(d.decision, d.decided_at) filter (d.decision in ('withdrawn', 'reinstated')) = 'withdrawn', false) as is_withdrawn
from ops.load_decisions d
join raw.meter_days m
  on m.load_id = d.load_id and m.meter_key = coalesce(d.meter_point_id, m.meter_key)
  and m.settlement_date between coalesce(d.first_date, m.settlement_date) and coalesce(d.last_date, m.settlement_date)
where d.decision in ('accepted', 'unaccepted') or coalesce(d.meter_point_id, d.first_date::varchar, d.last_date::varchar) is not null
group by m.load_id, m.meter_key, m.channel, m.unit, m.settlement_date;

-- Half-hours that are not held as such, though their load is in view: doubted and not accepted, withdrawn in part, or the lump after a gap, which is held
-- as one period over both.
create view ops.left_out as
select load_id, meter_key, channel, unit, settlement_date, half_hours, if(kind = 'lump', 'a period', 'doubtful') as why
from ops.doubts
anti join (from ops.decided_days where is_accepted or is_withdrawn) using (load_id, meter_key, channel, unit, settlement_date)
where outcome = 'doubtful' or kind = 'lump'
union all
select load_id, meter_key, channel, unit, settlement_date, ~0::ubigint, 'withdrawn'
from ops.decided_days
where is_withdrawn;
