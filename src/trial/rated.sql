-- The days that are judged, each beside what is usual of it, where enough is known of its meter.
with held as (
  select n.load_id, n.meter, n.channel, n.settlement_date, arg_max(o.total, o.load_id) as held_total
  from trial_days n
  join trial_days o
    on o.meter = n.meter and o.channel = n.channel and o.settlement_date = n.settlement_date
    and o.load_id < n.load_id and o.is_actual and o.half_hours >= n.half_hours
  anti join trial_suspects s
    on s.load_id = o.load_id and s.meter_key = o.meter_key and s.channel = o.channel and s.unit = o.unit and s.settlement_date = o.settlement_date
  where n.is_judged
  group by all
)

select
  d.*, u.* exclude (load_id, meter, channel, month, is_weekend),
  total / nullif(total_mid, 0) as by_total, peak / nullif(peak_mid, 0) as by_peak, night / nullif(night_mid, 0) as by_night,
  (phase - phase_mid + 540) % 360 - 180 as by_phase, (second_phase - second_phase_mid + 540) % 360 - 180 as by_second_phase,
  h.held_total
from trial_days d
left join trial_usual u
  on u.load_id = d.load_id and u.meter = d.meter and u.channel = d.channel and u.month = d.month and u.is_weekend = d.is_weekend
  and u.days >= threshold('trial_known_days')
left join held h
  on h.load_id = d.load_id and h.meter = d.meter and h.channel = d.channel and h.settlement_date = d.settlement_date
where d.is_judged
