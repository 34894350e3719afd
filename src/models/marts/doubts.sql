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
),

gathered as (
  select
    r.load_id, r.meter_key, r.channel, r.unit, r.kind, r.outcome, r.is_left_out,
    if(r.kind in ('spike', 'lump', 'frozen'), 'half-hours', 'days') as picture_of,
    min(r.settlement_date) as first_date,
    max(r.settlement_date) as last_date,
    count(*)::integer as days,
    sum(bit_count(r.half_hours))::integer as half_hours,
    arg_min(r.half_hours, r.settlement_date) as first_half_hours,
    median(r.found)::double as found,
    median(r.usual)::double as usual
  from runs r
  group by r.load_id, r.meter_key, r.channel, r.unit, r.kind, r.outcome, r.is_left_out, r.run
),

-- What stands around the first days of a run, in the file's own unit: the load's own word on a day, else that of another that stands.
told_days as (
  select
    g.load_id, g.meter_key, g.channel, g.unit, g.kind, g.first_date, d.settlement_date,
    arg_max(list_sum(d.quantity), (d.load_id = g.load_id)::integer * 1000000000 + d.load_id) as total
  from gathered g
  join raw.meter_days d
    on d.meter_key = g.meter_key and d.channel = g.channel and d.unit = g.unit and d.present <> 0
    and d.settlement_date between g.first_date - 14 and least(g.last_date, g.first_date + 20) + 14
  semi join staging.standing_loads s on s.load_id = d.load_id
  where g.picture_of = 'days'
  group by all
),

pictures as (
  select
    g.load_id, g.meter_key, g.channel, g.unit, g.kind, g.first_date,
    list({'value': t.total, 'is_doubted': t.total is not null and o.settlement_date is not null} order by w.day) as bars
  from gathered g
  cross join unnest(generate_series(g.first_date - 14, least(g.last_date, g.first_date + 20) + 14, interval 1 day)) as w(day)
  left join told_days t
    on t.load_id = g.load_id and t.meter_key = g.meter_key and t.channel = g.channel and t.unit = g.unit and t.kind = g.kind and t.first_date = g.first_date
    and t.settlement_date = w.day
  left join days o
    on o.load_id = g.load_id and o.meter_key = g.meter_key and o.channel = g.channel and o.unit = g.unit and o.kind = g.kind and o.settlement_date = w.day
  where g.picture_of = 'days'
  group by all
  union all
  select
    g.load_id, g.meter_key, g.channel, g.unit, g.kind, g.first_date,
    list_transform(range(1, 49), slot -> {
      'value': if((d.present >> (slot - 1)::ubigint) & 1 = 1, d.quantity[slot], null),
      'is_doubted': (g.first_half_hours >> (slot - 1)::ubigint) & 1 = 1
    })
  from gathered g
  join raw.meter_days d
    on d.load_id = g.load_id and d.meter_key = g.meter_key and d.channel = g.channel and d.unit = g.unit and d.settlement_date = g.first_date
  where g.picture_of = 'half-hours'
)

select
  g.load_id, l.file_name, g.meter_key, n.meter_point_id, s.site_name, n.energy, g.channel, g.unit, g.kind, g.outcome, g.is_left_out,
  g.first_date::timestamp_ms as first_date,
  g.last_date::timestamp_ms as last_date,
  g.days, g.half_hours, g.found, g.usual,
  g.picture_of,
  list_transform(p.bars, bar -> bar.value) as picture,
  list_transform(p.bars, bar -> bar.is_doubted) as is_doubted_in_picture
from gathered g
join ops.loads l on l.load_id = g.load_id
left join pictures p
  on p.load_id = g.load_id and p.meter_key = g.meter_key and p.channel = g.channel and p.unit = g.unit and p.kind = g.kind and p.first_date = g.first_date
left join staging.energy_names n on n.meter_key = g.meter_key
left join intermediate.meter_lives m on m.meter_point_id = n.meter_point_id and g.first_date between m.from_date and m.to_date
left join council.sites s on s.site_id = m.site_id
order by g.load_id, g.meter_key, g.channel, g.unit, first_date, g.kind
