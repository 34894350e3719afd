-- What is missing of each reporting year, the most first: a meter, an account or an annual return, from which month to which, and about how many tonnes that is.
-- grain: reporting_year, kind, name, site_id, emission_source, activity
with parts as (
  select *, held_share < threshold('whole_month') as is_short
  from intermediate.completeness
  where held_share < 1
)

select
  p.reporting_year, p.kind, p.name, p.site_id, s.site_name, p.emission_source, p.activity,
  coalesce(min(p.month) filter (p.is_short), min(p.month))::timestamp_ms as first_month,
  coalesce(max(p.month) filter (p.is_short), max(p.month))::timestamp_ms as last_month,
  count(*) filter (p.is_short)::integer as short_months,
  bool_and(p.held_share = 0) as is_all_missing,
  sum(p.expected_t_co2e - p.held_t_co2e)::double as missing_t_co2e,
  any_value(p.basis) as basis
from parts p
left join council.sites s using (site_id)
group by p.reporting_year, p.kind, p.name, p.site_id, s.site_name, p.emission_source, p.activity
order by p.reporting_year, missing_t_co2e desc nulls first, p.kind, p.name, p.site_id, p.emission_source, p.activity
