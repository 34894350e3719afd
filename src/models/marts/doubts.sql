-- What is doubted of deliveries, a run of days of one meter in one load a row, with the site that it measured then: kept, and in no total until somebody accepts it; what is only noted counts.
-- grain: load_id, meter_key, channel, unit, kind, first_date
-- check: half_hours > 0
with
days as (
  select d.*, d.outcome = 'doubtful' and o.load_id is not null as is_left_out
  from ops.doubts d
  semi join staging.standing_loads using (load_id)
  left join (from ops.left_out where why = 'doubtful') o using (load_id, meter_key, channel, unit, settlement_date)
),

steps as (
  select *, settlement_date > lag(settlement_date) over run + 7 or is_left_out <> lag(is_left_out) over run as is_next
  from days
  window run as (partition by load_id, meter_key, channel, unit, kind order by settlement_date)
),

runs as (
  select *, count(*) filter (is_next) over (partition by load_id, meter_key, channel, unit, kind order by settlement_date) as run
  from steps
)

select
  r.load_id, l.file_name, r.meter_key, n.meter_point_id, arg_min(s.site_name, r.settlement_date) as site_name, n.energy, r.channel, r.unit, r.kind, r.outcome, r.is_left_out,
  min(r.settlement_date)::timestamp_ms as first_date,
  max(r.settlement_date)::timestamp_ms as last_date,
  count(*)::integer as days,
  sum(bit_count(r.half_hours))::integer as half_hours,
  median(r.found)::double as found,
  median(r.usual)::double as usual
from runs r
join ops.loads l using (load_id)
left join staging.energy_names n using (meter_key)
left join intermediate.meter_lives m on m.meter_point_id = n.meter_point_id and r.settlement_date between m.from_date and m.to_date
left join council.sites s on s.site_id = m.site_id
group by r.load_id, l.file_name, r.meter_key, n.meter_point_id, n.energy, r.channel, r.unit, r.kind, r.outcome, r.is_left_out, r.run
order by r.load_id, r.meter_key, r.channel, r.unit, first_date, r.kind
