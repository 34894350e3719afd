-- The days that are judged, each beside what is usual of it, where enough is known of its meter.
select
  d.*, u.* exclude (load_id, meter, channel, month, is_weekend),
  total / nullif(total_mid, 0) as by_total, peak / nullif(peak_mid, 0) as by_peak, night / nullif(night_mid, 0) as by_night
from trial_days d
left join trial_usual u
  on u.load_id = d.load_id and u.meter = d.meter and u.channel = d.channel and u.month = d.month and u.is_weekend = d.is_weekend
  and u.days >= threshold('trial_known_days')
where d.is_judged
