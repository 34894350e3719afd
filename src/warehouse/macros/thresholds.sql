-- The threshold of a name on the as-of date, from data/reference/thresholds.csv.
create or replace temp macro threshold(name) as coalesce(getvariable('thresholds')[name], error('no threshold ' || name));

-- From how many kW a rise is worth a visit.
create or replace temp macro worth_a_visit_kw(energy) as if(energy = 'gas', threshold('finding_gas_kw'), threshold('finding_electricity_kw'));
