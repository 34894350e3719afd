-- The days on which each meter point should be read: its life in the register, up to the as-of date. A life without a first day begins with the base year, or
-- where the council names none with the first reporting year in which it reads any meter; or earlier, where the meter was read earlier.
-- A meter point is read on its import channel, or on export where it has no other (or none yet, and an asset exports through it); the meter of a generation
-- asset on generation.
-- grain: meter_point_id, settlement_date
with
first_reads as (
  select meter_point_id, max(channel) as channel, min(settlement_date) as first_date
  from (
    select meter_point_id, channel, settlement_date from intermediate.current_meter_days
    union all
    select meter_point_id, channel, settlement_date from intermediate.period_days where is_energy(energy)
  )
  where settlement_date <= getvariable('as_of')
  group by meter_point_id
),

beginning as (
  select reporting_year_start(coalesce(
    getvariable('stated_base_year'),
    reporting_year_of(coalesce((select min(first_date) from first_reads), getvariable('as_of')))
  )) as first_date
),

lives as (
  select
    m.meter_point_id, m.site_id, m.energy,
    case
      when g.asset_id is not null then 'generation'
      when f.channel is null and x.asset_id is not null then 'export'
      else coalesce(f.channel, 'import')
    end as channel,
    if(is_given(m.from_date), m.from_date, least(b.first_date, coalesce(f.first_date, b.first_date))) as from_date,
    least(m.to_date, getvariable('as_of')) as to_date
  from intermediate.meter_lives m
  cross join beginning b
  left join first_reads f using (meter_point_id)
  left join council.generation_assets g on g.generation_meter_id = m.meter_point_id
  left join (select export_meter_point_id, any_value(asset_id) as asset_id from council.generation_assets group by all) x
    on x.export_meter_point_id = m.meter_point_id
)

select l.meter_point_id, l.site_id, l.energy, l.channel, d.settlement_date, d.periods, d.day_kind
from lives l
join ops.settlement_days d on d.settlement_date between l.from_date and l.to_date
