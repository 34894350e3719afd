-- Records that are not half-hours, as they were told: one row per record and load. Instants are UTC, dates British. What is personal is a pseudonym
-- under the council's key, which is not held here. `line` is the line of the file.
create table raw.tank_movements (
  load_id integer not null,
  line integer not null,
  provider varchar not null,
  tank varchar not null,
  moved_at timestamp not null,
  movement varchar not null,
  product varchar not null,
  litres decimal(14, 3) not null,
  registration_pseudonym varchar
);

create table raw.charging_sessions (
  load_id integer not null,
  line integer not null,
  provider varchar not null,
  session_id varchar not null,
  started_at timestamp not null,
  ended_at timestamp,
  energy_kwh decimal(14, 4) not null,
  location varchar,
  place varchar not null,
  registration_pseudonym varchar,
  is_credit boolean not null,
  cost_gbp decimal(14, 4)
);

create table raw.journeys (
  load_id integer not null,
  line integer not null,
  provider varchar not null,
  journey_id varchar not null,
  travelled_at timestamp not null,
  distance_km decimal(18, 9) not null,
  fuel_l decimal(14, 4),
  energy_kwh decimal(14, 4),
  fleet varchar not null,
  registration_pseudonym varchar,
  vehicle_kind varchar,
  fuel varchar
);

create table raw.vehicle_facts (
  load_id integer not null,
  line integer not null,
  provider varchar not null,
  registration_pseudonym varchar not null,
  make varchar,
  fuel varchar,
  co2_g_per_km decimal(8, 2),
  made_in_year integer,
  euro_status varchar
);

create table raw.register_reads (
  load_id integer not null,
  line integer not null,
  provider varchar not null,
  meter_key varchar not null,
  serial varchar,
  register varchar not null,
  read_at timestamp not null,
  value decimal(18, 4) not null,
  unit varchar not null,
  status varchar not null,
  digits integer
);

create table raw.bills (
  load_id integer not null,
  line integer not null,
  provider varchar not null,
  bill_id varchar not null,
  account varchar,
  kind varchar not null,
  issued_on date,
  meter_key varchar,
  first_date date not null,
  last_date date not null,
  quantity decimal(18, 4) not null,
  unit varchar not null,
  is_estimated boolean not null,
  net_gbp decimal(14, 4),
  vat_gbp decimal(14, 4),
  gross_gbp decimal(14, 4)
);

create table raw.observations (
  load_id integer not null,
  line integer not null,
  provider varchar not null,
  series varchar not null,
  item varchar not null,
  area varchar not null,
  starts_at timestamp not null,
  period varchar not null,
  value decimal(24, 8),
  unit varchar not null,
  status varchar not null
);

alter table raw.fuel_transactions alter column quantity set data type decimal(14, 3);
alter table raw.fuel_transactions alter column cost_gbp set data type decimal(14, 4);
