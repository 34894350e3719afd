-- What is missing of each reporting year in as few rows as say it: by source and by the months that are short, with how many meters or accounts that is of.
-- grain: reporting_year, emission_source, activity, kind, first_month, last_month
select
  reporting_year, emission_source, activity, kind, first_month, last_month,
  count(*)::integer as things,
  if(count(*) = 1, any_value(name), null) as name,
  if(count(distinct site_name) = 1, any_value(site_name), null) as site_name,
  bool_and(is_all_missing) as is_all_missing,
  count(*) filter (missing_t_co2e is null)::integer as unknowns,
  sum(missing_t_co2e::decimal(18, 6))::double as missing_t_co2e
from marts.missing_data
group by reporting_year, emission_source, activity, kind, first_month, last_month
order by reporting_year, missing_t_co2e desc nulls first, emission_source, activity, kind, first_month, last_month
