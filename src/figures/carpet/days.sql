-- The same site by day, over the newest year.
select *
from marts.site_energy_daily
semi join chosen_building using (site_id, energy)
where consumption_kwh is not null and settlement_date > (select as_of from main.build) - interval 365 days
order by settlement_date
