-- What costs most of what somebody should look at and has a cost: the first eight, and how many there are in all.
select
  finding_id, kind, energy, site_name, subject, since, gbp_a_year_low, gbp_a_year_high,
  count(*) over ()::integer as found,
  sum(gbp_a_year_low::decimal(18, 2)) over ()::double as all_low,
  sum(gbp_a_year_high::decimal(18, 2)) over ()::double as all_high,
  (select as_of::timestamp_ms from main.build) as as_of
from marts.findings
where state in ('open', 'acknowledged', 'returned') and gbp_a_year_high is not null
order by gbp_a_year desc, finding_id
limit 8
