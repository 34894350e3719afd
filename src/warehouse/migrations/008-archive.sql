-- The journal of the archive and the small files it speaks of, as they were sealed: either heals the other, and a warehouse of another archive is known.
create table ops.archive_entries (
  n integer not null,
  noted_at varchar not null,
  what varchar not null,
  file varchar not null,
  sha256 varchar,
  why varchar,
  seal varchar not null,
  -- The file as it was sealed; null where the entry is of none.
  text varchar
);

-- What the warehouse holds of each load, counted anew: the ledger says what it should.
create view ops.held_rows as
select load_id, count(*) filter (is_meter_day) as meter_days, count(*) filter (not is_meter_day) as transactions
from (
  select load_id, true as is_meter_day from raw.meter_days
  union all select load_id, false from raw.fuel_transactions
  union all select load_id, false from raw.tank_movements
  union all select load_id, false from raw.charging_sessions
  union all select load_id, false from raw.journeys
  union all select load_id, false from raw.vehicle_facts
  union all select load_id, false from raw.register_reads
  union all select load_id, false from raw.bills
  union all select load_id, false from raw.observations
  union all select load_id, false from raw.periods
)
group by load_id;
