-- The site whose electricity is drawn half-hour by half-hour: the one that uses most while it is closed, else the one that uses most.
select site_id, energy
from marts.site_energy_daily
where energy = 'electricity' and settlement_date > (select as_of from main.build) - interval 365 days
group by site_id, energy
order by sum(closed_kwh) desc nulls last, sum(consumption_kwh) desc, site_id
limit 1
