-- What is wrong with data, before anything is said of buildings: deliveries that are doubted and not counted, meters whose clock has moved or that tell far less than they
-- should, which still count, and meters of which nothing has come for more than a week. One row a meter. An array at zero is no such thing: that is a finding of its own.
-- grain: kind, meter_point_id
with
newest as (
  select meter_point_id, max(settlement_date) as last_date
  from intermediate.metered_days
  group by meter_point_id
),

missing as (
  select m.name as meter_point_id, m.month, sum(m.expected_t_co2e - m.held_t_co2e) as t_co2e
  from intermediate.completeness m
  where m.kind = 'meter'
  group by all
),

silent as (
  select
    c.meter_point_id, c.site_id, c.energy,
    n.last_date + 1 as since,
    (select sum(t_co2e) from missing m where m.meter_point_id = c.meter_point_id and m.month >= date_trunc('month', n.last_date + 1)) as t_co2e_missing
  from intermediate.meter_calendar c
  left join newest n using (meter_point_id)
  where c.settlement_date = getvariable('as_of') and (n.last_date is null or n.last_date < getvariable('as_of') - 7)
  union all
  -- Of water and heat those that are read: what only bills tell of is silent between them.
  select meter_point_id, any_value(site_id), any_value(energy), max(settlement_date) filter (present_half_hours > 0 or period_source = 'read pair') + 1 as since, null
  from intermediate.water_heat_days
  group by meter_point_id
  having max(settlement_date) = getvariable('as_of') and since < getvariable('as_of') - 6
),

doubted as (
  select
    'readings in doubt' as kind, d.meter_point_id, m.site_id, m.energy, min(d.settlement_date) as since, arg_max(d.kind, {'day': d.settlement_date, 'kind': d.kind}) as doubt, null::double as t_co2e_missing
  from intermediate.doubted_days d
  join intermediate.meter_lives m on m.meter_point_id = d.meter_point_id and d.settlement_date between m.from_date and m.to_date
  where d.settlement_date > getvariable('as_of') - 60 and d.settlement_date <= getvariable('as_of')
  group by d.meter_point_id, m.site_id, m.energy
  having not (any_value(d.channel) = 'generation' and bool_and(d.kind = 'zeros'))
),

strange as (
  select meter_point_id, m.site_id, m.energy, c.since, 'shifted' as doubt
  from intermediate.moved_clocks c
  join intermediate.meter_lives m using (meter_point_id)
  where getvariable('as_of') between m.from_date and m.to_date
  union all
  select meter_point_id, site_id, energy, since, 'divided'
  from intermediate.low_use
  where meter_point_id not in (select meter_point_id from intermediate.moved_clocks)
)

select *
from doubted
union all
select 'readings in doubt', meter_point_id, site_id, energy, since, doubt, null
from strange
where meter_point_id not in (select meter_point_id from doubted)
union all
select 'no readings', meter_point_id, site_id, energy, since::date, null, t_co2e_missing
from silent
where meter_point_id not in (select meter_point_id from doubted)
  and meter_point_id not in (
    select a.generation_meter_id from intermediate.solar_findings f join council.generation_assets a using (asset_id) where f.kind = 'solar array out'
  )
