-- One row per drawing or credit of a fuel card and load. The registration is a pseudonym under the council's key, which is not held here.
create table raw.fuel_transactions (
  load_id integer not null,
  line integer not null,
  provider varchar not null,
  transaction_id varchar not null,
  drawn_at timestamp not null,
  registration_pseudonym varchar,
  fleet_number varchar,
  product_code varchar not null,
  quantity decimal(12, 2) not null,
  cost_gbp decimal(12, 2) not null,
  mileage integer,
  is_credit boolean not null
);

alter table ops.loads add column transactions bigint default 0;
