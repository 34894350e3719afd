-- The threshold of a name on the as-of date, from data/reference/thresholds.csv.
create or replace temp macro threshold(name) as coalesce(getvariable('thresholds')[name], error('no threshold ' || name));

-- What heats: gas, and heat that is delivered. It follows the weather alike.
create or replace temp macro heats(energy) as energy in ('gas', 'heat');

-- From how many kW a rise is worth a visit.
create or replace temp macro worth_a_visit_kw(energy) as if(heats(energy), threshold('finding_gas_kw'), threshold('finding_electricity_kw'));

-- By how many degrees it is colder than the base of degree days.
create or replace temp macro degrees_lacking(celsius) as greatest(threshold('degree_day_base') - celsius, 0);

-- The base load of the four weeks to the as-of date, from that of each night; null where too few are held.
create or replace temp macro base_load_of(night_kw, night) as
  case
    when count(night_kw) filter (night > getvariable('as_of') - 28) >= threshold('base_load_nights')
      then median(night_kw) filter (night > getvariable('as_of') - 28)
  end;

-- Whether heating while a building is shut is no more than frost protection: none is burnt on days that are milder, or, where hardly any day was, little for what open days take at midday in
-- such frost. Not so where it burns on milder days too.
create or replace temp macro is_frost_protection(mild_days, mild_kw, frost_kw, open_kw) as
  coalesce(
    frost_kw is not null
    and if(mild_days >= 2, mild_kw < worth_a_visit_kw('gas'), frost_kw <= threshold('frost_share') * coalesce(open_kw, frost_kw / threshold('frost_share'))),
    false
  );

-- How many of the newest days of a kind a level is the middle of: all together, open ones, weekends or holidays.
create or replace temp macro newest_days(scope) as
  case scope when 'any' then threshold('finding_newest_days') when 'open' then threshold('finding_newest_open_days') else threshold('finding_newest_shut_days') end;

-- The weeks that `recent_levels` speaks of: they end so long ago that what is judged is not in them.
create or replace temp macro recent_last_day() as (getvariable('as_of')::date - threshold('recent_ended')::integer)::date;
create or replace temp macro recent_first_day() as (recent_last_day() - 7 * threshold('recent_weeks')::integer + 1)::date;

-- How many hours the sun is up before noon, and after, by its declination.
create or replace temp macro half_day_hours(latitude, day) as
  degrees(acos(greatest(least(-tan(radians(latitude)) * tan(radians(23.44 * cos(2 * pi() * (dayofyear(day) - 172) / 365.25))), 1), -1))) / 15;
