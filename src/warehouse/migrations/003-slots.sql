-- One row per attempt at a slot: the local date on which a pipeline was due. Rows are added as running and leave that state once, to stay as they are.
-- An attempt that counts against its slot has an error; one that was asked to stop is abandoned without.
create table ops.slots (
  pipeline varchar not null,
  slot_date date not null,
  attempt integer not null,
  state varchar not null check (state in ('running', 'succeeded', 'failed', 'abandoned')),
  owner varchar not null,
  started_at timestamp not null,
  ended_at timestamp,
  error varchar,
  run_id integer
);
