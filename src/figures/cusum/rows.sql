-- What one building took beyond its signature, day by day, summed: kWh, from the first day that the signature is fitted to.
select
  p.site_id, p.site_name, p.energy, p.quantity, p.settlement_date, p.is_fitted,
  sum(round(p.excess_kwh, 4)::decimal(24, 4)) over (order by p.settlement_date)::double as summed_kwh
from marts.signature_points p
semi join chosen_building using (site_id, energy)
where p.excess_kwh is not null
order by p.settlement_date
