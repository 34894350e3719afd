create schema raw;
create schema ops;

-- One row per meter, channel, unit, settlement day and load. Slot p of quantity is settlement period p; slots whose bit in present is not set hold 0 and mean nothing.
create table raw.meter_days (
  load_id integer not null,
  meter_key varchar not null,
  channel varchar not null,
  unit varchar not null,
  settlement_date date not null,
  quantity double[50] not null,
  present ubigint not null,
  estimated ubigint not null
);

create table ops.runs (
  run_id integer primary key,
  command varchar not null,
  started_at timestamp not null,
  ended_at timestamp,
  outcome varchar not null,
  detail varchar
);

-- One row per reading of a snapshot by a layout. Rows are counted so that rows_read = landed + duplicate + empty + dropped + rejected.
create table ops.loads (
  load_id integer primary key,
  run_id integer not null,
  receipt varchar not null,
  sha256 varchar not null,
  feed varchar not null,
  file_name varchar not null,
  origin varchar not null,
  received_at timestamp not null,
  issued_at timestamp,
  layout varchar,
  layout_version varchar not null,
  meter_point_id varchar,
  outcome varchar not null,
  reason varchar,
  difference varchar,
  rows_read bigint not null,
  rows_landed bigint not null,
  rows_duplicate bigint not null,
  rows_empty bigint not null,
  rows_dropped bigint not null,
  rows_rejected bigint not null,
  rows_mended bigint not null,
  cells_rejected bigint not null,
  meter_days bigint not null,
  reads bigint not null,
  first_date date,
  last_date date,
  superseded_by integer
);

create table ops.rejects (
  load_id integer not null,
  row_number bigint,
  rule varchar not null,
  value varchar,
  outcome varchar not null
);

create table ops.withdrawals (
  receipt varchar not null,
  decided_at timestamp not null,
  decision varchar not null,
  why varchar not null
);

-- The half-hours of each Great Britain settlement day, worked out once.
create table ops.settlement_days as
with midnights as (
  select
    day::date as settlement_date,
    timezone('Europe/London', day) as starts_at,
    timezone('Europe/London', day + interval 1 day) as ends_at
  from generate_series(timestamp '1990-01-01', timestamp '2060-12-31', interval 1 day) as days(day)
)
select
  settlement_date,
  (starts_at at time zone 'UTC')::timestamp as starts_at,
  ((epoch(ends_at) - epoch(starts_at)) // 1800)::integer as periods,
  case
    when periods = 46 then 'spring'
    when periods = 50 then 'autumn'
    when epoch(starts_at)::bigint % 86400 = 0 then 'winter'
    else 'summer'
  end as day_kind
from midnights;
