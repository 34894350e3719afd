-- The last whole year against the first; no row where there are not two.
select *
from marts.comparisons
where against = 'first whole year' and is_all
  and reporting_year = (select max(reporting_year) from marts.reporting_years where is_whole_year and scope_1_and_2_t_co2e is not null)
