-- Meters in the files that the register does not know: held, in no total, until they are added to meter-points.csv.
-- grain: meter_key
select
  d.meter_key,
  string_agg(distinct l.file_name, ', ' order by l.file_name) as file_names,
  count(distinct d.settlement_date)::integer as days,
  min(d.settlement_date)::timestamp_ms as first_date,
  max(d.settlement_date)::timestamp_ms as last_date
from raw.meter_days d
join staging.standing_loads l using (load_id)
anti join council.meter_names n using (meter_key)
group by d.meter_key
order by d.meter_key
