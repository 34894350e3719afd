-- The threshold of a name on the as-of date, from data/reference/thresholds.csv.
create or replace temp macro threshold(name) as coalesce(getvariable('thresholds')[name], error('no threshold ' || name));
