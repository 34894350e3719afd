-- The signatures of every site and energy.
select * from marts.energy_signatures order by site_id, energy, opening
