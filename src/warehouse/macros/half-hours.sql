-- What a half-hour of one revision adds to the merged day: its quantity where it won, else zero.
create or replace temp macro won(quantity, wins, slot) as
  case when (wins >> (slot - 1)::ubigint) & 1 = 1 then quantity[slot] else 0 end;

-- Sums of half-hours, slot by slot. `[each slot: …]` stands for a list of its 50 terms, `:slot` for 1 to 50; warehouse.ts writes them out, since a macro
-- takes no lambda over an aggregate, and a list built for each row first is slower by more than twice.

-- kWh of meters added up, exact.
create or replace temp macro sum_slots(kwh) as [each slot: sum(kwh[:slot]::decimal(18, 4))]::double[50];

-- Shares of kWh added up, exact.
create or replace temp macro sum_shared_slots(share, kwh) as [each slot: sum((share * kwh[:slot])::decimal(24, 8))]::double[50];

-- What won, of revisions of which one wins each half-hour.
create or replace temp macro sum_won_slots(quantity, wins) as [each slot: sum(won(quantity, wins, :slot))]::double[50];

-- The current view of revised meter-days, half-hour by half-hour: actual before estimated, then the higher precedence; where one file names a meter
-- twice and contradicts itself, the larger, so that the answer is one.
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
