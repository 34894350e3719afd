-- What a half-hour of one revision adds to the merged day: its quantity where it won, else zero.
create or replace temp macro won(quantity, wins, slot) as
  case when (wins >> (slot - 1)::ubigint) & 1 = 1 then quantity[slot] else 0 end;

-- Sums of half-hours, slot by slot. `[each slot: …]` stands for a list of its 50 terms, `:slot` for 1 to 50; warehouse.ts writes them out, since a macro
-- takes no lambda over an aggregate, and a list built for each row first is slower by more than twice.

-- kWh of meters added up, exact.
create or replace temp macro sum_slots(kwh) as [each slot: sum(kwh[:slot]::decimal(18, 4))]::double[50];

-- kWh of two, of which the other may be none, in the half-hours whose bit is set; else zero.
create or replace temp macro add_slots(one, other, present) as
  [each slot: round(won(one, present, :slot) + coalesce(won(other, present, :slot), 0), 4)]::double[50];

-- Shares of kWh added up, exact.
create or replace temp macro sum_shared_slots(share, kwh) as [each slot: sum((share * kwh[:slot])::decimal(24, 8))]::double[50];

-- What won, of revisions of which one wins each half-hour.
create or replace temp macro sum_won_slots(quantity, wins) as [each slot: sum(won(quantity, wins, :slot))]::double[50];

-- What names a revision among those of its day: its load, what the file calls the meter, and its unit.
create or replace temp macro revision_name(load_id, meter_key, unit) as concat_ws(' ', load_id, meter_key, unit);

-- The largest difference of two days in the half-hours whose bit is set; null where none is.
create or replace temp macro largest_difference(one, other, half_hours) as
  list_max(list_transform(range(1, 51), slot -> case when (half_hours >> (slot - 1)::ubigint) & 1 = 1 then abs(one[slot] - other[slot]) end));

-- With how many revisions of a day, the first of it, each other one is compared.
create or replace temp macro most_compared() as 100;

-- To how many decimals a reading is written, up to four, which is what a total keeps; null of zero, which is written alike to any.
create or replace temp macro decimals_of(reading) as
  case
    when reading = 0 then null
    when abs(reading - round(reading)) < 1e-9 then 0
    when abs(reading - round(reading, 1)) < 1e-9 then 1
    when abs(reading - round(reading, 2)) < 1e-9 then 2
    when abs(reading - round(reading, 3)) < 1e-9 then 3
    else 4
  end;

-- The smallest step of readings written to so many decimals; of readings that are all zero the finest.
create or replace temp macro decimals_step(decimals) as power(10, -coalesce(decimals, 4));

-- The current view of revised meter-days, half-hour by half-hour: actual before estimated, then the higher precedence. Revisions of one precedence agree.
-- `revisions` names a relation (meter, channel, unit, settlement_date, quantity, present, estimated, precedence). A day with one revision passes
-- straight through. Exact: each half-hour has one winner, so its sum is that value and zeros.
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
    sum_won_slots(quantity, wins) as quantity,
    bit_or(wins) as present,
    bit_or(wins & estimated) as estimated,
    count(*)::integer as revisions
  from winning
  group by meter, channel, unit, settlement_date
);

-- Of which quantity, use or import, most of some days are; use where as many are of each.
create or replace temp macro most_days(quantity) as if(2 * count(*) filter (quantity = 'use') >= count(*), 'use', 'import');

-- Half-hours of the hour that autumn repeats for which a file had no place: it holds the hour once, and not the second time.
create or replace temp macro repeated_without_a_place(day_kind, present) as
  (case when day_kind = 'autumn' and present & 12 = 12 then 2 - bit_count(present & 48) else 0 end)::integer;

-- The mean power of a part of a day, kW: `is_in` is 1 in its slots, `slots` has a bit for each. The repeated autumn hour may be missing of it.
create or replace temp macro mean_kw(kwh, present, is_in, slots) as
  round(2 * array_inner_product(kwh, is_in) / bit_count(present & slots), 4)::decimal(18, 4);

-- The mean power of the four half-hours of a day that took least, kW, of those that are held.
create or replace temp macro quietest_kw(kwh, present) as
  round(2 * list_avg(list_sort([kwh[slot] for slot in range(1, 51) if (present >> (slot - 1)::ubigint) & 1 = 1])[1:4]), 4)::decimal(18, 4);

-- Whether all of a part of a day is held; the repeated autumn hour may be missing.
create or replace temp macro is_held_in(present, slots, day_kind) as
  bit_count(present & slots) > 0 and (slots & ~present & ~if(day_kind = 'autumn', 48, 0)::ubigint) = 0;
