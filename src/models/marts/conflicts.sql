-- Loads that disagree, with nothing to say which is right: of each, the days and what either says. What counted before counts until a person decides.
-- grain: meter_point_id, channel, load_id, other_load_id, counts
with
points as (
  select meter_point_id, any_value(site_id) as site_id, any_value(energy) as energy
  from council.meter_points
  group by meter_point_id
),

pairs as (
  select
    c.meter, c.channel, c.settlement_date, l.load_id, e.load_id as other_load_id,
    case e.outcome when 'counts' then 'other' else 'neither' end as counts,
    list_sum(l.quantity)::decimal(18, 4) as kwh,
    list_sum(e.quantity)::decimal(18, 4) as other_kwh
  from intermediate.contradictions c
  join intermediate.disputed_revisions l on l.meter = c.meter and l.channel = c.channel and l.settlement_date = c.settlement_date and l.revision = c.later
  join intermediate.disputed_revisions e on e.meter = c.meter and e.channel = c.channel and e.settlement_date = c.settlement_date and e.revision = c.earlier
  where c.is_conflict and l.outcome in ('waits', 'tied') and e.outcome in ('counts', 'tied')
)

select
  p.meter as meter_point_id, m.site_id, m.energy, p.channel,
  p.load_id, l.file_name, p.other_load_id, o.file_name as other_file_name, p.counts,
  count(*)::integer as days,
  min(p.settlement_date)::timestamp_ms as first_date,
  max(p.settlement_date)::timestamp_ms as last_date,
  sum(p.kwh)::double as kwh,
  sum(p.other_kwh)::double as other_kwh
from pairs p
join staging.standing_loads l using (load_id)
join staging.standing_loads o on o.load_id = p.other_load_id
left join points m on m.meter_point_id = p.meter
group by p.meter, m.site_id, m.energy, p.channel, p.load_id, l.file_name, p.other_load_id, o.file_name, p.counts
order by p.meter, p.channel, p.load_id, p.other_load_id, p.counts
