-- Days that repeat another day of the meter to the last half-hour, of a meter that does not do so.
-- rank: 8
-- screen: is_copy and is_actual and total > 0 and flow <> 'export' and copied_share <= threshold('trial_copied_share')
with copies as (
  select r.load_id, r.meter_key, r.channel, r.unit, r.settlement_date, r.present, r.month, r.total, r.total_mid
  from trial_rated r
  join raw.meter_days d using (load_id, meter_key, channel, unit, settlement_date)
  where looks_copied and list_unique(d.quantity) >= threshold('trial_copied_values')
)

select
  load_id, meter_key, channel, unit, settlement_date, present as half_hours,
  total as found, total_mid as usual
from copies
qualify count(*) over (partition by load_id, meter_key, channel, unit, month) >= threshold('trial_copied_days')
