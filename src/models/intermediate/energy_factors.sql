-- t CO2e of scopes 1 and 2 of a kWh of each energy in the reporting year of the as-of date. A year of which a set is not yet published has no row: none is borrowed.
-- grain: energy
select e.energy, f.kg_co2e_per_unit / 1000 as t_co2e_per_kwh
from (values ('electricity'), ('gas')) as e(energy)
join intermediate.yearly_factors f
  on f.activity = activity_of(e.energy) and f.unit = 'kWh' and f.reporting_year = reporting_year_of(getvariable('as_of'))
where not exists (from intermediate.factor_years y where y.reporting_year = f.reporting_year and not y.is_published)
