-- What is held now of each meter point's day, half-hour by half-hour.
-- grain: meter_point_id, channel, settlement_date
-- check: present_half_hours <= periods
select
  c.meter_point_id, m.site_id, m.energy, c.channel,
  c.settlement_date::timestamp_ms as settlement_date,
  m.periods, c.kwh, c.present, c.estimated,
  m.kwh::double as total_kwh,
  m.present_half_hours, m.estimated_half_hours, c.revisions, c.is_disputed
from intermediate.current_meter_days c
join intermediate.metered_days m using (meter_point_id, channel, settlement_date)
order by c.meter_point_id, c.channel, c.settlement_date
