-- A time on the British clock as an instant; an instant with its zone as a time on the British clock.
create or replace temp macro british_clock(moment) as timezone('Europe/London', moment);

-- The British wall clock at an instant (UTC).
create or replace temp macro local_time(instant) as british_clock(timezone('UTC', instant));

-- The British date on which an instant (UTC) falls.
create or replace temp macro local_date(instant) as local_time(instant)::date;

-- The April to March year that a day falls in, named after the calendar year it begins in: 2025 is April 2025 to March 2026.
create or replace temp macro reporting_year_of(day) as (year(day) - (month(day) < 4)::integer)::integer;

-- The first and the last day of a reporting year.
create or replace temp macro reporting_year_start(reporting_year) as make_date(reporting_year, 4, 1);
create or replace temp macro reporting_year_end(reporting_year) as make_date(reporting_year + 1, 3, 31);

-- Whether a reporting year had ended by the as-of date.
create or replace temp macro has_ended(reporting_year) as reporting_year_end(reporting_year) <= getvariable('as_of');

-- A first day that is not given is before all others, a last day that is not given after all others.
create or replace temp macro first_day(valid_from) as coalesce(valid_from, date '1900-01-01');
create or replace temp macro final_day(valid_to) as coalesce(valid_to, date '9999-12-31');

-- Whether a day is one that was given, not the open beginning.
create or replace temp macro is_given(from_date) as from_date > first_day(null);

-- Whether something holds on a day, both ends included; an end that is not given is open.
create or replace temp macro holds_on(day, valid_from, valid_to) as day between first_day(valid_from) and final_day(valid_to);
