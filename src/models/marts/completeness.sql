-- What should be held of each reporting year and what is: by meter and month, by account of fuel or charging and month, and by annual return.
-- grain: reporting_year, kind, name, site_id, emission_source, activity, month
-- check: held_share between 0 and 1
select
  c.reporting_year, c.kind, c.name, c.site_id, s.site_name, c.emission_source, c.activity,
  c.month::timestamp_ms as month,
  c.expected_half_hours, c.held_half_hours,
  c.held_share::double as held_share,
  c.basis,
  c.expected_t_co2e::double as expected_t_co2e,
  c.held_t_co2e::double as held_t_co2e
from intermediate.completeness c
left join council.sites s using (site_id)
order by c.reporting_year, c.kind, c.name, c.emission_source, c.activity, month, c.site_id
