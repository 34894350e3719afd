-- Heat of each site in each month of the lives of its heat meters, kWh of heat: a quantity of its own, in no sum of energy or emissions. Whole days are those of which every half-hour
-- is known. What bills charge for its days stands beside, whatever is counted.
-- grain: site_id, month
-- check: whole_days <= days
select
  site_id, site_name,
  date_trunc('month', settlement_date)::timestamp_ms as month,
  reporting_year_of(settlement_date::date) as reporting_year,
  sum(heat_kwh::decimal(24, 8))::double as heat_kwh,
  sum(estimated_heat_kwh::decimal(24, 8))::double as estimated_heat_kwh,
  sum(billed_heat_kwh::decimal(24, 8))::double as billed_heat_kwh,
  count(*)::integer as days,
  (count(*) filter (known_half_hours = expected_half_hours))::integer as whole_days,
  count(billed_heat_kwh)::integer as billed_days,
  sum(expected_half_hours)::integer as expected_half_hours,
  sum(known_half_hours)::integer as known_half_hours
from marts.site_heat_daily
group by all
order by site_id, month
