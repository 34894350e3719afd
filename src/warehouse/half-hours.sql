-- The number in a cell, spaces around it passed over; null where there is none, or none that a meter could have read.
create or replace temp macro as_number(cell) as
  case
    when contains(cell, '_') then null
    when isfinite(try_cast(trim(cell) as double))
      and abs(try_cast(trim(cell) as double)) <= getvariable('largest_reading')
      and not list_contains(getvariable('sentinels'), try_cast(trim(cell) as double))
    then try_cast(trim(cell) as double)
  end;

-- What a half-hour of one revision adds to the merged day: its quantity where it won, else nothing.
create or replace temp macro won(quantity, wins, slot) as
  case when (wins >> (slot - 1)::ubigint) & 1 = 1 then quantity[slot] else 0 end;

-- kWh in one of a unit: by definition, or by volume × correction × gross calorific value / 3.6.
create or replace temp macro kwh_per_unit(measures, amount, volume_correction, calorific_value_mj_per_m3) as
  case measures when 'energy' then amount else amount * volume_correction * calorific_value_mj_per_m3 / 3.6 end;

-- Whether the key of a meter is that of a water supply (a SPID).
create or replace temp macro is_water(meter_key) as regexp_full_match(meter_key, '[0-9]{10}[WS][0-9]{2}');

-- A serial number without the spaces and case that files differ in; nothing where there is none.
create or replace temp macro plain_serial(serial) as nullif(upper(replace(serial, ' ', '')), '');

-- The British date on which an instant (UTC) falls.
create or replace temp macro local_date(instant) as timezone('Europe/London', timezone('UTC', instant))::date;

-- Whether a day has come by now in its month, as of the as-of date: all days of other months have.
create or replace temp macro is_so_far(day) as
  month(day) <> month(getvariable('as_of')) or day(day) <= day(getvariable('as_of')) or getvariable('as_of') = last_day(getvariable('as_of'));

-- The current view of revised meter-days, half-hour by half-hour: actual before estimated, then the higher precedence; where one file names a meter
-- twice and contradicts itself, the larger, so that the answer is one.
-- `revisions` names a relation (meter, channel, unit, settlement_date, quantity, present, estimated, precedence). A day with one revision passes
-- straight through. Exact: each half-hour has one winner, so its sum is that value and noughts.
create or replace temp macro merge_half_hours(revisions) as table (
  with
  revised_days as (
    select meter, channel, unit, settlement_date
    from query_table(revisions)
    group by all
    having count(*) > 1
  ),
  ranked as (
    select
      *,
      present & ~estimated as actual,
      bit_or(present & ~estimated) over day as actual_in_any,
      coalesce(bit_or(present & ~estimated) over later, 0) as actual_later,
      coalesce(bit_or(present) over later, 0) as present_later
    from query_table(revisions)
    semi join revised_days using (meter, channel, unit, settlement_date)
    window
      day as (partition by meter, channel, unit, settlement_date),
      later as (day order by precedence desc, present desc, quantity desc rows between unbounded preceding and 1 preceding)
  ),
  winning as (
    select *, (actual & ~actual_later) | (estimated & ~actual_in_any & ~present_later) as wins
    from ranked
  )
  select meter, channel, unit, settlement_date, quantity, present, estimated, 1 as revisions
  from query_table(revisions)
  anti join revised_days using (meter, channel, unit, settlement_date)
  union all
  select
    meter, channel, unit, settlement_date,
    [
      sum(won(quantity, wins, 1)), sum(won(quantity, wins, 2)), sum(won(quantity, wins, 3)), sum(won(quantity, wins, 4)), sum(won(quantity, wins, 5)),
      sum(won(quantity, wins, 6)), sum(won(quantity, wins, 7)), sum(won(quantity, wins, 8)), sum(won(quantity, wins, 9)), sum(won(quantity, wins, 10)),
      sum(won(quantity, wins, 11)), sum(won(quantity, wins, 12)), sum(won(quantity, wins, 13)), sum(won(quantity, wins, 14)), sum(won(quantity, wins, 15)),
      sum(won(quantity, wins, 16)), sum(won(quantity, wins, 17)), sum(won(quantity, wins, 18)), sum(won(quantity, wins, 19)), sum(won(quantity, wins, 20)),
      sum(won(quantity, wins, 21)), sum(won(quantity, wins, 22)), sum(won(quantity, wins, 23)), sum(won(quantity, wins, 24)), sum(won(quantity, wins, 25)),
      sum(won(quantity, wins, 26)), sum(won(quantity, wins, 27)), sum(won(quantity, wins, 28)), sum(won(quantity, wins, 29)), sum(won(quantity, wins, 30)),
      sum(won(quantity, wins, 31)), sum(won(quantity, wins, 32)), sum(won(quantity, wins, 33)), sum(won(quantity, wins, 34)), sum(won(quantity, wins, 35)),
      sum(won(quantity, wins, 36)), sum(won(quantity, wins, 37)), sum(won(quantity, wins, 38)), sum(won(quantity, wins, 39)), sum(won(quantity, wins, 40)),
      sum(won(quantity, wins, 41)), sum(won(quantity, wins, 42)), sum(won(quantity, wins, 43)), sum(won(quantity, wins, 44)), sum(won(quantity, wins, 45)),
      sum(won(quantity, wins, 46)), sum(won(quantity, wins, 47)), sum(won(quantity, wins, 48)), sum(won(quantity, wins, 49)), sum(won(quantity, wins, 50))
    ]::double[50] as quantity,
    bit_or(wins) as present,
    bit_or(wins & estimated) as estimated,
    count(*)::integer as revisions
  from winning
  group by meter, channel, unit, settlement_date
);
