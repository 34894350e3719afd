-- Energy known only as the sum of a time longer than a half-hour, as files said it: an hour, a day, a month, from one read of a counter to the next. Instants
-- are UTC, on half-hours. Nothing is said of how it was spread within.
create table raw.periods (
  load_id integer not null,
  line integer,
  meter_key varchar not null,
  channel varchar not null,
  unit varchar not null,
  starts_at timestamp not null,
  ends_at timestamp not null,
  quantity decimal(24, 8) not null,
  is_estimated boolean not null
);
