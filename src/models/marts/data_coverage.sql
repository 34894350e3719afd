-- What should be held and what is, by meter point and month; a meter that goes to another site within a month has a row at each.
-- grain: meter_point_id, site_id, month
-- check: present_half_hours + missing_half_hours = expected_half_hours
-- check: repeated_hour_half_hours <= missing_half_hours
-- check: period_half_hours <= missing_half_hours
-- check: estimated_half_hours <= present_half_hours
with days as (
  select
    c.meter_point_id, c.site_id, c.energy, date_trunc('month', c.settlement_date)::date as month, c.periods,
    coalesce(m.present_half_hours, 0) as present_half_hours,
    coalesce(m.estimated_half_hours, 0) as estimated_half_hours,
    coalesce(m.repeated_hour_half_hours, 0) as repeated_hour_half_hours,
    coalesce(m.period_half_hours, 0) as period_half_hours
  from intermediate.meter_calendar c
  left join intermediate.metered_days m using (meter_point_id, channel, settlement_date)
)

select
  d.meter_point_id, d.site_id, s.site_name, d.energy,
  d.month::timestamp_ms as month,
  sum(d.periods)::integer as expected_half_hours,
  sum(d.present_half_hours)::integer as present_half_hours,
  sum(d.estimated_half_hours)::integer as estimated_half_hours,
  (sum(d.periods) - sum(d.present_half_hours))::integer as missing_half_hours,
  sum(d.repeated_hour_half_hours)::integer as repeated_hour_half_hours,
  sum(d.period_half_hours)::integer as period_half_hours
from days d
join council.sites s using (site_id)
group by d.meter_point_id, d.site_id, s.site_name, d.energy, d.month
order by d.meter_point_id, d.month, d.site_id
