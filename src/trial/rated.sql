-- The days that are judged, each beside what is usual of it, where enough is known of its meter.
with ordered as (
  select load_id, issued_at, sender
  from trial_standing
  where issued_at is not null or sender is not null
),

believed as materialized (
  select o.*
  from trial_days o
  semi join ordered using (load_id)
  anti join trial_suspects using (load_id, meter_key, channel, unit, settlement_date)
  where o.is_actual
),

-- What an earlier load says of the same day, where its sender put the two in order and the new one says all that it said: a part day that completes another
-- revises nothing, and of two loads without an order neither revises the other.
held as (
  select n.load_id, n.meter, n.channel, n.settlement_date, arg_max(o.total, o.load_id) as held_total
  from trial_days n
  join ordered l using (load_id)
  join believed o
    on o.meter = n.meter and o.channel = n.channel and o.settlement_date = n.settlement_date
    and o.load_id < n.load_id and o.present & n.present = n.present
  join ordered s on s.load_id = o.load_id and (s.issued_at <> l.issued_at or s.sender = l.sender)
  where n.is_judged
  group by all
),

-- The two largest readings of each meter in the load itself, and its days of one value: what is known of a meter that was never read before.
peaks as (
  select load_id, meter, channel, max(peak, 2) as largest, count(*) as own_days, count(*) filter (is_flat) as flat_days
  from trial_days
  where is_judged
  group by load_id, meter, channel
)

select
  d.*, u.* exclude (load_id, meter, channel, month, is_weekend),
  total / nullif(total_mid, 0) as by_total, peak / nullif(peak_mid, 0) as by_peak, night / nullif(night_mid, 0) as by_night,
  (phase - phase_mid + 540) % 360 - 180 as by_phase, (second_phase - second_phase_mid + 540) % 360 - 180 as by_second_phase,
  h.held_total,
  if(p.own_days >= threshold('trial_known_days'), p.flat_days / p.own_days, null) as own_flat_share,
  coalesce(u.peak_most_ever, if(p.own_days >= threshold('trial_known_days'), if(peak = p.largest[1], p.largest[2], p.largest[1]), null)) as peak_known,
  flow <> 'export' and peak > peak_known * if(
    has_season or (energy = 'electricity' and flow = 'import'), threshold('trial_spike'), threshold('trial_spike_new_season')
  ) as is_sudden
from trial_days d
left join trial_usual u
  on u.load_id = d.load_id and u.meter = d.meter and u.channel = d.channel and u.month = d.month and u.is_weekend = d.is_weekend
  and u.days >= threshold('trial_known_days')
left join held h
  on h.load_id = d.load_id and h.meter = d.meter and h.channel = d.channel and h.settlement_date = d.settlement_date
left join peaks p on p.load_id = d.load_id and p.meter = d.meter and p.channel = d.channel
where d.is_judged
