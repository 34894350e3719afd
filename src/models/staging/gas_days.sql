-- What turns a volume of gas into energy in each zone on each British day. A gas day begins at 05:00, so the first slots of a day take the calorific
-- value of the gas day before. Where none is held the usual value stands in, and the source says so. The zone '' is that of meters whose zone nobody
-- says: the only one that is held, if there is only one.
-- grain: gas_zone, settlement_date
with
zones as (
  select gas_zone, gas_zone as valued_as from staging.calorific_values
  union
  select gas_zone, gas_zone from council.meters where gas_zone is not null
  union all
  select '', case when count(distinct gas_zone) = 1 then any_value(gas_zone) end
  from staging.calorific_values
)

select
  z.gas_zone, s.settlement_date, s.periods,
  case s.day_kind when 'spring' then 8 when 'autumn' then 12 else 10 end as slots_before_gas_day,
  coalesce(eve.calorific_value_mj_per_m3, g.calorific_value_mj_per_m3) as calorific_value_before,
  coalesce(day.calorific_value_mj_per_m3, g.calorific_value_mj_per_m3) as calorific_value_after,
  coalesce(eve.source, 'usual') as source_before,
  coalesce(day.source, 'usual') as source_after,
  g.volume_correction
from zones z
join ops.settlement_days s on s.settlement_date <= getvariable('as_of')
join reference.gas_conversions g on s.settlement_date between g.valid_from and g.valid_to
left join staging.calorific_values eve on eve.gas_zone = z.valued_as and eve.gas_date = s.settlement_date - 1
left join staging.calorific_values day on day.gas_zone = z.valued_as and day.gas_date = s.settlement_date
