-- Meters in the files that are in no total: the register does not know them, or nobody says what unit they read in. Held, until they are added.
-- grain: meter_key
with
half_hourly as (
  select
    d.meter_key, l.file_name, d.settlement_date,
    if(n.meter_point_id is null, 'not in meter-points.csv', 'its unit is not in meters.csv') as why
  from raw.meter_days d
  join staging.standing_loads l using (load_id)
  left join council.meter_names n using (meter_key)
  left join council.meters k on k.meter_point_id = n.meter_point_id and d.settlement_date between k.valid_from and k.valid_to
  where n.meter_point_id is null or (d.unit = 'metered' and k.unit is null)
),

others as (
  select r.meter_key, l.file_name, local_date(r.read_at) as settlement_date, 'not in meter-points.csv' as why
  from raw.register_reads r
  join staging.standing_loads l using (load_id)
  anti join council.meter_names n using (meter_key)
  union all
  select coalesce(b.meter_key, 'none: account ' || coalesce(b.account, 'not said')), l.file_name, b.first_date, 'not in meter-points.csv'
  from raw.bills b
  join staging.standing_loads l using (load_id)
  anti join council.meter_names n using (meter_key)
)

select
  meter_key,
  min(why) as why,
  string_agg(distinct file_name, ', ' order by file_name) as file_names,
  count(distinct settlement_date)::integer as days,
  min(settlement_date)::timestamp_ms as first_date,
  max(settlement_date)::timestamp_ms as last_date
from (select * from half_hourly union all select * from others)
group by meter_key
order by meter_key
