-- What each register of each serial number counted between two reads: their difference, never one across serial numbers. Of several reads in a day the
-- first stands for the start of that day. A dial that turns over goes on from nought where its digits are known and it cannot have run half round;
-- any other step back has no kWh. A read that is withdrawn is none.
-- grain: meter_point_id, serial, register, first_date
with
told as (
  select
    n.meter_point_id, coalesce(r.serial, k.serial, '') as serial, r.register, r.read_at, local_date(r.read_at) as read_date,
    arg_max(
      {
        'value': r.value, 'unit': r.unit, 'status': r.status,
        'turns_at': pow(10, coalesce(r.digits, k.digits)), 'multiplier': coalesce(k.multiplier, 1), 'correction': k.volume_correction
      },
      {'precedence': s.precedence, 'is_withdrawn': r.status = 'withdrawn'}
    ) as word
  from raw.register_reads r
  join staging.standing_loads s using (load_id)
  join council.meter_names n using (meter_key)
  left join council.meters k on k.meter_point_id = n.meter_point_id and local_date(r.read_at) between k.valid_from and k.valid_to
  group by n.meter_point_id, coalesce(r.serial, k.serial, ''), r.register, r.read_at
),

opening as (
  select meter_point_id, serial, register, read_date, arg_min(word, read_at) as word
  from told
  where word.status <> 'withdrawn'
  group by meter_point_id, serial, register, read_date
),

pairs as (
  select *, lead(read_date) over reads as next_date, lead(word) over reads as next_word
  from opening
  window reads as (partition by meter_point_id, serial, register order by read_date)
)

select
  p.meter_point_id, p.serial, p.register, p.read_date as first_date, (p.next_date - 1)::date as last_date,
  (p.next_word.value - p.word.value)::double as difference,
  case
    when difference >= 0 then difference
    when difference + p.word.turns_at between 0 and p.word.turns_at / 2 then difference + p.word.turns_at
  end as steps,
  steps * p.word.multiplier
    * kwh_per_unit(u.measures, u.amount, coalesce(p.word.correction, g.volume_correction), g.calorific_value_mj_per_m3) as kwh,
  p.word.status = 'estimated' or p.next_word.status = 'estimated' as is_estimated
from pairs p
join council.meter_points m using (meter_point_id)
join reference.units u on u.unit = p.word.unit
join reference.gas_conversions g on p.read_date between g.valid_from and g.valid_to
where p.next_date is not null and p.next_word.unit = p.word.unit
