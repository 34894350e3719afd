-- What a load is: its bytes, whatever they came in, and what names the meter where no column does. Null where it was read before this was kept.
alter table ops.loads add column content_sha256 varchar;
alter table ops.loads add column read_as varchar;
update ops.loads set content_sha256 = sha256, read_as = meter_point_id where not contains(file_name, ' › ');

-- Receipts of bytes that a load held already: the same file within a zip, or by another road.
create table ops.further_receipts (
  receipt varchar primary key,
  load_id integer not null,
  file_name varchar not null
);

-- What a person decided, when and why. Of one meter point where it is named, and of days where they are; else of all that the receipt brought.
create table ops.decisions (
  receipt varchar not null,
  decided_at timestamp not null,
  decision varchar not null,
  why varchar not null,
  meter_point_id varchar,
  first_date date,
  last_date date
);
insert into ops.decisions by name select * from ops.withdrawals;
drop table ops.withdrawals;

-- Decisions by load: one on any receipt of a load is of the load.
create view ops.load_decisions as
with receipts as (
  select receipt, load_id from ops.loads
  union all
  select receipt, load_id from ops.further_receipts
)
select load_id, decided_at, decision, why, meter_point_id, first_date, last_date
from ops.decisions
join receipts using (receipt);

-- Loads that are out of view as a whole, and why.
create view ops.withdrawn_loads as
select load_id, arg_max(why, decided_at) as why
from ops.load_decisions
where decision in ('withdrawn', 'reinstated') and coalesce(meter_point_id, first_date::varchar, last_date::varchar) is null
group by load_id
having arg_max(decision, decided_at) = 'withdrawn';
