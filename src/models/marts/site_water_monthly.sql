-- Water of each site in each month of the lives of its water meters, m³: a quantity of its own, in no sum of energy or emissions. Whole days are those of which every half-hour
-- is known. What bills charge for its days stands beside, whatever is counted.
-- grain: site_id, month
-- check: whole_days <= days
select
  site_id, site_name,
  date_trunc('month', settlement_date)::timestamp_ms as month,
  reporting_year_of(settlement_date::date) as reporting_year,
  sum(m3::decimal(24, 8))::double as m3,
  sum(estimated_m3::decimal(24, 8))::double as estimated_m3,
  sum(billed_m3::decimal(24, 8))::double as billed_m3,
  count(*)::integer as days,
  (count(*) filter (known_half_hours = expected_half_hours))::integer as whole_days,
  count(billed_m3)::integer as billed_days,
  sum(expected_half_hours)::integer as expected_half_hours,
  sum(known_half_hours)::integer as known_half_hours,
  median(night_l_per_h)::double as night_l_per_h
from marts.site_water_daily
group by all
order by site_id, month
