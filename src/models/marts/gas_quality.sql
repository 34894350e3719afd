-- How the volumes of gas of each meter point became energy: for each month the gas days of each source of calorific value, and its mean.
-- grain: meter_point_id, site_id, month, source
-- check: gas_days > 0
with
volumes as (
  select distinct n.meter_point_id, d.settlement_date
  from raw.meter_days d
  join staging.standing_loads using (load_id)
  join staging.energy_names n using (meter_key)
  left join council.meters k on k.meter_point_id = n.meter_point_id and d.settlement_date between k.valid_from and k.valid_to
  join reference.units u on u.unit = if(d.unit = 'metered', k.unit, d.unit)
  where u.measures = 'volume' and n.energy = 'gas'
  union
  select p.meter_point_id, p.settlement_date
  from intermediate.period_days p
  join intermediate.metered_days m using (meter_point_id, settlement_date)
  where p.is_volume and m.channel = 'import' and m.period_half_hours > 0
),

volume_days as (
  select v.meter_point_id, l.site_id, v.settlement_date
  from volumes v
  join intermediate.meter_lives l on l.meter_point_id = v.meter_point_id and v.settlement_date between l.from_date and l.to_date
),

gas_days as (
  select v.meter_point_id, v.site_id, v.settlement_date - 1 as gas_date, g.gas_zone, g.source_before as source, g.calorific_value_before as calorific_value
  from volume_days v
  left join council.meters k on k.meter_point_id = v.meter_point_id and v.settlement_date between k.valid_from and k.valid_to
  join staging.gas_days g on g.gas_zone = coalesce(k.gas_zone, '') and g.settlement_date = v.settlement_date
  union
  select v.meter_point_id, v.site_id, v.settlement_date, g.gas_zone, g.source_after, g.calorific_value_after
  from volume_days v
  left join council.meters k on k.meter_point_id = v.meter_point_id and v.settlement_date between k.valid_from and k.valid_to
  join staging.gas_days g on g.gas_zone = coalesce(k.gas_zone, '') and g.settlement_date = v.settlement_date
)

select
  d.meter_point_id, d.site_id,
  date_trunc('month', d.gas_date)::timestamp_ms as month,
  d.source,
  count(distinct d.gas_date)::integer as gas_days,
  avg(d.calorific_value::decimal(18, 6))::decimal(9, 4)::double as mean_calorific_value_mj_per_m3
from gas_days d
group by d.meter_point_id, d.site_id, date_trunc('month', d.gas_date), d.source
order by d.meter_point_id, d.site_id, month, d.source
