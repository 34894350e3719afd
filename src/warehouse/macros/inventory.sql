-- The words of the inventory for energy that meters hold: what the factor tables call it, and the source that a kind of site is.
create or replace temp macro activity_of(energy) as case energy when 'gas' then 'natural_gas' else energy end;
create or replace temp macro source_of(site_kind, energy) as if(site_kind = 'street-lighting', 'street lighting', 'building ' || energy);

-- Whether a year came to less or more than another, t: null where the change is no larger than what is missing of both.
create or replace temp macro direction_of(after, before, missing) as
  case when abs(after - before) > missing and before > 0 then if(after < before, 'less', 'more') end;
