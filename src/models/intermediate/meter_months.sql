-- The half-hours that each meter should hold in each month of its life from the base year on, and those that are held: read, or inside a period known by
-- reads or bills. The repeated autumn hour of a file that has no place for it is no gap. Meters that stand beside the totals of their sites are not here,
-- nor those of generation and export.
-- grain: meter_point_id, site_id, month
-- check: held_half_hours <= expected_half_hours
select
  c.meter_point_id, c.site_id, c.energy,
  date_trunc('month', c.settlement_date)::date as month,
  reporting_year_of(c.settlement_date) as reporting_year,
  sum(c.periods)::integer as expected_half_hours,
  sum(least(coalesce(m.present_half_hours + m.period_half_hours + m.repeated_hour_half_hours, 0), c.periods))::integer as held_half_hours,
  sum(m.counted_kwh) as kwh
from intermediate.meter_calendar c
anti join intermediate.beside_totals using (meter_point_id, settlement_date)
left join intermediate.metered_days m using (meter_point_id, channel, settlement_date)
where c.channel = 'import' and c.settlement_date >= reporting_year_start(getvariable('base_year'))
group by all
