-- The days on which each meter point should be read: its life in the register, from its first read where the register gives no start, up to the as-of date.
-- A meter point is read on its import channel, or on export where it has no other (or none yet, and an asset exports
-- through it); the meter of a generation asset on generation.
-- grain: meter_point_id, settlement_date
with
first_reads as (
  select meter_point_id, max(channel) as channel, min(settlement_date) as first_date
  from (
    select meter_point_id, channel, settlement_date from intermediate.current_meter_days
    union all
    select meter_point_id, 'import', settlement_date from intermediate.period_days
  )
  group by meter_point_id
),

lives as (
  select
    m.meter_point_id, m.site_id, m.energy,
    case
      when g.asset_id is not null then 'generation'
      when f.channel is null and x.asset_id is not null then 'export'
      else coalesce(f.channel, 'import')
    end as channel,
    coalesce(m.valid_from, f.first_date) as from_date,
    least(coalesce(m.valid_to, getvariable('as_of')), getvariable('as_of')) as to_date
  from council.meter_points m
  left join first_reads f using (meter_point_id)
  left join council.generation_assets g on g.generation_meter_id = m.meter_point_id
  left join (select export_meter_point_id, any_value(asset_id) as asset_id from council.generation_assets group by all) x
    on x.export_meter_point_id = m.meter_point_id
)

select l.meter_point_id, l.site_id, l.energy, l.channel, d.settlement_date, d.periods, d.day_kind
from lives l
join ops.settlement_days d on d.settlement_date between l.from_date and l.to_date
