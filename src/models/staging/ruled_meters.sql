-- Where what a file says of a meter meets what the council's registers know of it, and the registers rule. `read_as` is the direction that holds in place
-- of the one that a layout takes for granted; `why` is said of what is held back, unless a person accepted the load. Reads of a dial and bills say no direction,
-- and are taken for import.
-- grain: load_id, meter_key, channel, unit
with
roles as (
  select generation_meter_id as meter_point_id, 'generation' as role, any_value(site_id) as site_id from council.generation_assets group by 1
  union all
  select export_meter_point_id, 'export', any_value(site_id)
  from council.generation_assets
  where export_meter_point_id is not null
  group by 1
),

bought as (
  select distinct m.site_id
  from council.meter_points m
  anti join roles using (meter_point_id)
  anti join council.sub_meters using (meter_point_id)
  where m.energy = 'electricity'
),

units as (
  select meter_point_id, list(distinct unit) as units
  from council.meters
  where unit is not null
  group by meter_point_id
),

all_told as (
  select distinct load_id, meter_key, channel, unit, false as is_silent from raw.meter_days
  union
  select distinct load_id, meter_key, channel, unit, false from raw.periods
  union
  select distinct load_id, meter_key, 'import', unit, true from raw.register_reads
  union
  select distinct load_id, meter_key, 'import', unit, true from raw.bills where meter_key is not null
),

told as (
  select load_id, meter_key, channel, unit, bool_and(is_silent) as is_silent
  from all_told
  semi join staging.standing_loads using (load_id)
  semi join (
    select n.meter_key
    from staging.energy_names n
    left join roles r using (meter_point_id)
    left join units u using (meter_point_id)
    where coalesce(r.role, u.meter_point_id) is not null or n.energy <> energy_named('mpxn', n.meter_key)
  ) using (meter_key)
  group by load_id, meter_key, channel, unit
),

accepted as (
  select load_id, meter_point_id as named
  from ops.load_decisions
  where decision in ('accepted', 'unaccepted')
  group by load_id, meter_point_id
  having arg_max(decision, decided_at) = 'accepted'
)

select
  t.load_id, t.meter_key, t.channel, t.unit,
  if(r.role = 'generation' and l.assumes_channel, 'generation', t.channel) as read_as,
  case
    when a.load_id is not null then null
    when r.role = 'generation' and read_as <> 'generation' and not t.is_silent then 'generation-assets.csv says that it measures generation, the file ' || t.channel
    when r.role = 'export' and t.channel <> 'export' and (t.is_silent or l.assumes_channel) and b.site_id is not null
      then 'generation-assets.csv says that it measures export, ' || if(t.is_silent, 'and the file says no direction', 'the layout ' || t.channel)
    when not list_contains(u.units, l.assumed_unit) then 'meters.csv says ' || array_to_string(u.units, ' or ') || ', the layout ' || l.assumed_unit
    when n.energy <> energy_named(l.names, t.meter_key) then 'meter-points.csv says ' || n.energy || ', its number ' || energy_named(l.names, t.meter_key)
  end as why
from told t
join staging.standing_loads s using (load_id)
join staging.energy_names n using (meter_key)
join ops.layouts l using (layout)
left join roles r using (meter_point_id)
left join bought b on b.site_id = r.site_id
left join units u using (meter_point_id)
left join accepted a on a.load_id = t.load_id and (a.named is null or a.named = t.meter_key or a.named = n.meter_point_id)
where read_as <> t.channel or why is not null
