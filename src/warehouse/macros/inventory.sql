-- The words of the inventory for energy that meters hold: what the factor tables call it, and the source that a kind of site is.
create or replace temp macro activity_of(energy) as case energy when 'gas' then 'natural_gas' else energy end;
create or replace temp macro source_of(site_kind, energy) as if(site_kind = 'street-lighting', 'street lighting', 'building ' || energy);
