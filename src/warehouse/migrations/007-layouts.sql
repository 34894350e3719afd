-- When the first of all that was archived in one run with a load was received; null where it was archived before this was kept.
alter table ops.loads add column archived_in timestamp;

-- What the layouts and formats of today say besides how their files are read: whether their senders correct by sending again, so that what came last is
-- right, and what they take for granted that the file does not say: the direction, the unit, and which kind of number names the meter.
create table ops.layouts (
  layout varchar primary key,
  corrects boolean not null,
  assumes_channel boolean not null,
  assumed_unit varchar,
  names varchar
);
