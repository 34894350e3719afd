-- Days of loads on which a person decided, other than by withdrawing the whole load: what the last decision on each was. Joins here are look-ups of one row.
-- grain: load_id, meter_key, channel, unit, settlement_date
select
  m.load_id, m.meter_key, m.channel, m.unit, m.settlement_date,
  coalesce(arg_max(d.decision, d.decided_at) filter (d.decision in ('accepted', 'unaccepted')) = 'accepted', false) as is_accepted,
  if(is_accepted, max(d.decided_at) filter (d.decision = 'accepted'), null) as accepted_at,
  coalesce(arg_max(d.decision, d.decided_at) filter (d.decision in ('withdrawn', 'reinstated')) = 'withdrawn', false) as is_withdrawn
from ops.load_decisions d
join raw.meter_days m on m.load_id = d.load_id and holds_on(m.settlement_date, d.first_date, d.last_date)
left join council.meter_names n on n.meter_key = m.meter_key
where (d.meter_point_id is null or d.meter_point_id = m.meter_key or d.meter_point_id = n.meter_point_id)
  and (d.decision in ('accepted', 'unaccepted') or coalesce(d.meter_point_id, d.first_date::varchar, d.last_date::varchar) is not null)
group by m.load_id, m.meter_key, m.channel, m.unit, m.settlement_date
