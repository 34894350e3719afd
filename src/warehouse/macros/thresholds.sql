-- The threshold of a name on the as-of date, from data/reference/thresholds.csv.
create or replace temp macro threshold(name) as coalesce(getvariable('thresholds')[name], error('no threshold ' || name));

-- From how many kW a rise is worth a visit.
create or replace temp macro worth_a_visit_kw(energy) as if(energy = 'gas', threshold('finding_gas_kw'), threshold('finding_electricity_kw'));

-- Whether heating while a building is shut is no more than frost protection: none is burnt on days that are milder, or, where hardly any day was, little for what open days take at midday in
-- such frost. Not so where it burns on milder days too.
create or replace temp macro is_frost_protection(mild_days, mild_kw, frost_kw, open_kw) as
  coalesce(
    frost_kw is not null
    and if(mild_days >= 2, mild_kw < worth_a_visit_kw('gas'), frost_kw <= threshold('frost_share') * coalesce(open_kw, frost_kw / threshold('frost_share'))),
    false
  );
