-- A name of a place as lists are compared: without capitals, and with one space for each run of them.
create or replace temp macro folded_name(name) as nullif(trim(regexp_replace(lower(name), '[\s\x{00A0}]+', ' ', 'g')), '');
