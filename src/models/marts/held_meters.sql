-- What files say of meters that is in no total, and why: held, until the register says more.
-- grain: meter_key, why
with
-- What the register calls something that its number is not.
misnamed as (
  select n.meter_key, any_value(m.energy) as registered_as
  from council.meter_names n
  join council.meter_points m using (meter_point_id)
  anti join staging.metered_names t on t.meter_key = n.meter_key
  group by n.meter_key
),

half_hourly as (
  select
    d.meter_key, l.file_name, d.settlement_date,
    case
      when n.meter_point_id is null then unregistered_because(d.meter_key, o.registered_as)
      when v.virtual_meter_id is not null then 'virtual-meters.csv makes it of other meters'
      when d.unit = 'metered' and k.unit is null then 'its unit is not in meters.csv'
      when uncountable_because(n.energy, u.measures) is not null then uncountable_because(n.energy, u.measures)
      when not is_energy(n.energy) and d.channel <> 'import' then 'the file says ' || d.channel || ', meter-points.csv ' || n.energy
      when not is_energy(n.energy) and energy_named(y.names, d.meter_key) is not null
      then 'meter-points.csv says ' || n.energy || ', its number ' || energy_named(y.names, d.meter_key)
      when coalesce(e.meter_point_id, w.meter_point_id) is null and not (not is_energy(n.energy) and d.settlement_date > getvariable('as_of')) then 'outside its dates in meter-points.csv or sites.csv'
      else r.why
    end as why
  from raw.meter_days d
  join staging.standing_loads l using (load_id)
  left join ops.layouts y using (layout)
  left join staging.metered_names n using (meter_key)
  left join misnamed o using (meter_key)
  left join staging.ruled_meters r using (load_id, meter_key, channel, unit)
  left join council.meters k on k.meter_point_id = n.meter_point_id and d.settlement_date between k.valid_from and k.valid_to
  left join reference.units u on u.unit = if(d.unit = 'metered', k.unit, d.unit)
  left join (select distinct virtual_meter_id, valid_from, valid_to from council.virtual_meters) v
    on v.virtual_meter_id = n.meter_point_id and d.settlement_date between v.valid_from and v.valid_to
  left join intermediate.meter_lives e on e.meter_point_id = n.meter_point_id and d.settlement_date between e.from_date and e.to_date
  left join intermediate.water_heat_days w on w.meter_point_id = n.meter_point_id and w.settlement_date = d.settlement_date
),

reads as (
  select
    r.meter_key, l.file_name, local_date(r.read_at) as settlement_date,
    case
      when n.meter_point_id is null then unregistered_because(r.meter_key, o.registered_as)
      when r.unit = 'metered' and k.unit is null then 'its unit is not in meters.csv'
      when uncountable_because(n.energy, u.measures) is not null then uncountable_because(n.energy, u.measures)
      else x.why
    end as why
  from raw.register_reads r
  join staging.standing_loads l using (load_id)
  left join staging.metered_names n using (meter_key)
  left join misnamed o using (meter_key)
  left join (from staging.ruled_meters where channel = 'import') x using (load_id, meter_key, unit)
  left join council.meters k on k.meter_point_id = n.meter_point_id and local_date(r.read_at) between k.valid_from and k.valid_to
  left join reference.units u on u.unit = if(r.unit = 'metered', k.unit, r.unit)
),

stated as (
  select
    p.meter_key, l.file_name, local_date(p.starts_at) as settlement_date,
    case
      when n.meter_point_id is null then unregistered_because(p.meter_key, o.registered_as)
      when p.unit = 'metered' and k.unit is null then 'its unit is not in meters.csv'
      when uncountable_because(n.energy, u.measures) is not null then uncountable_because(n.energy, u.measures)
      else x.why
    end as why
  from raw.periods p
  join staging.standing_loads l using (load_id)
  left join staging.metered_names n using (meter_key)
  left join misnamed o using (meter_key)
  left join staging.ruled_meters x using (load_id, meter_key, channel, unit)
  left join council.meters k on k.meter_point_id = n.meter_point_id and local_date(p.starts_at) between k.valid_from and k.valid_to
  left join reference.units u on u.unit = if(p.unit = 'metered', k.unit, p.unit)
),

bills as (
  select
    coalesce(b.meter_key, 'none: account ' || coalesce(b.account, 'not said')) as meter_key, l.file_name, b.first_date as settlement_date,
    case
      when b.meter_key is null then 'the bill names no meter'
      when n.meter_point_id is null then unregistered_because(b.meter_key, o.registered_as)
      when n.energy = 'water' and b.unit <> 'm3' then 'the bill is not in m3'
      when n.energy <> 'water' and b.unit <> 'kWh' then 'the bill is not in kWh'
      when c.meter_point_id is not null then 'a credit of no bill that is held'
      when not exists (from intermediate.meter_lives e where e.meter_point_id = n.meter_point_id and e.from_date <= b.last_date and e.to_date >= b.first_date)
        and not exists (from intermediate.water_heat_days w where w.meter_point_id = n.meter_point_id and w.settlement_date between b.first_date and b.last_date)
      then 'outside its dates in meter-points.csv or sites.csv'
      else x.why
    end as why
  from raw.bills b
  join staging.standing_loads l using (load_id)
  left join staging.metered_names n using (meter_key)
  left join misnamed o using (meter_key)
  left join (from staging.ruled_meters where channel = 'import') x using (load_id, meter_key, unit)
  left join (
    select distinct c.meter_point_id, c.first_date, c.last_date, c.invoice
    from intermediate.bill_periods c
    anti join (select * from intermediate.bill_periods where kind = 'normal') o
      on o.meter_point_id = c.meter_point_id and o.first_date <= c.last_date and o.last_date >= c.first_date
    where c.kind = 'credit'
  ) c
    on c.meter_point_id = n.meter_point_id and c.first_date = b.first_date and c.last_date = b.last_date
    and c.invoice = regexp_replace(b.bill_id, '^[^/]*/', '') and b.quantity < 0
)

select
  meter_key, why,
  string_agg(distinct file_name, ', ' order by file_name) as file_names,
  count(distinct settlement_date)::integer as days,
  min(settlement_date)::timestamp_ms as first_date,
  max(settlement_date)::timestamp_ms as last_date
from (select * from half_hourly union all select * from reads union all select * from stated union all select * from bills)
where why is not null
group by meter_key, why
order by meter_key, why
