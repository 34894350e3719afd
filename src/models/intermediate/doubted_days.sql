-- The days of meter points that are doubted and in no total, with what is doubted: for what is said of them.
-- grain: meter_point_id, channel, settlement_date, kind
select distinct n.meter_point_id, n.energy, d.channel, d.settlement_date, d.kind
from ops.doubts d
join staging.standing_loads using (load_id)
join staging.energy_names n using (meter_key)
join (from ops.left_out where why = 'doubtful') o using (load_id, meter_key, channel, unit, settlement_date)
where d.outcome = 'doubtful' and n.meter_point_id is not null
