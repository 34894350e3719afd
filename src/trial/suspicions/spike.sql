-- A half-hour or two far above the largest that is usual, on a day that is otherwise as usual: those half-hours alone.
-- rank: 9
-- screen: is_sudden
with
half_hours as (
  select r.*, slot, d.quantity[slot] * r.kwh_per_unit as kwh
  from trial_rated r
  join raw.meter_days d using (load_id, meter_key, channel, unit, settlement_date)
  cross join range(1, 51) as s(slot)
  where r.looks_spike
)

select
  load_id, meter_key, channel, unit, settlement_date,
  bit_or(1::ubigint << (slot - 1)::ubigint) as half_hours,
  max(kwh) as found, any_value(peak_known) as usual
from half_hours
where kwh > threshold('trial_spike') / 2 * peak_known
group by load_id, meter_key, channel, unit, settlement_date
having count(*) <= threshold('trial_spike_half_hours')
