-- Every day that is judged, and every day that one is compared with: those of the same meter within fourteen months. In kWh, with what is looked at.
-- A phase is where in the day the first wave of its shape stands, in degrees: half an hour later is 7.5 more, and of the second wave 15.
create or replace temp table trial_days as
with
series as (
  select m.meter, d.channel, min(d.settlement_date) - interval 14 months as from_date, max(d.settlement_date) + interval 14 months as to_date
  from raw.meter_days d
  semi join trial_subjects using (load_id, meter_key)
  join trial_meters m using (meter_key)
  group by m.meter, d.channel
),

-- What is looked at of each day, without its half-hours, which are fifty times as much to keep.
held as (
  select
    d.load_id, d.meter_key, d.channel, d.unit, d.settlement_date, d.present, d.estimated,
    m.meter, m.energy, coalesce(m.flow, d.channel) as flow, if(coalesce(m.flow, d.channel) = 'import', m.benchmark, null) as benchmark, s.load_id is not null as is_judged, coalesce(u.kwh_per_unit, 1) as kwh_per_unit,
    hash(quantity) as signature,
    list_sum(quantity) as quantity_sum, list_max(quantity) as quantity_max,
    case when present & 255 = 255 then list_sum(quantity[1:8]) end as night_sum,
    degrees(atan2(array_inner_product(quantity, :sine_1), array_inner_product(quantity, :cosine_1))) as phase,
    degrees(atan2(array_inner_product(quantity, :sine_2), array_inner_product(quantity, :cosine_2))) as second_phase,
    (quantity[1] > 0 and quantity[1] = quantity[6] and quantity[6] = quantity[11])
      or (quantity[11] > 0 and quantity[11] = quantity[16] and quantity[16] = quantity[21])
      or (quantity[21] > 0 and quantity[21] = quantity[26] and quantity[26] = quantity[31])
      or (quantity[31] > 0 and quantity[31] = quantity[36] and quantity[36] = quantity[41]) as is_flat,
    quantity[1] > 0 and quantity[1] < quantity[48] and quantity[1] > quantity[48] / 2
      and quantity[1] <= quantity[9] and quantity[9] <= quantity[17] and quantity[17] <= quantity[25]
      and quantity[25] <= quantity[33] and quantity[33] <= quantity[41] and quantity[41] <= quantity[48] as is_rising
  from raw.meter_days d
  semi join trial_standing using (load_id)
  join trial_meters m using (meter_key)
  join series r on r.meter = m.meter and r.channel = d.channel and d.settlement_date between r.from_date and r.to_date
  left join trial_subjects s using (load_id, meter_key)
  left join trial_units u on u.unit = if(d.unit = 'metered', m.unit, d.unit)
  where d.present <> 0
),

-- Days that come again, to the last half-hour.
copies as (
  select meter as series, channel as series_channel, signature, min(settlement_date) as first_date
  from held
  group by all
  having min(settlement_date) < max(settlement_date)
),

-- Deliveries that lack days between their first and their last; sparse are those that lack more than half.
gappy as (
  select
    load_id as gappy_load, meter as series, channel as series_channel,
    count(*) * 2 < max(settlement_date) - min(settlement_date) as is_sparse
  from held
  where is_judged
  group by all
  having count(*) <= max(settlement_date) - min(settlement_date)
)

select
  load_id, meter, meter_key, channel, unit, energy, flow, benchmark, settlement_date, present, kwh_per_unit, is_judged,
  (year(settlement_date) * 12 + month(settlement_date))::integer as month,
  isodow(settlement_date) >= 6 as is_weekend,
  bit_count(present)::integer as half_hours,
  quantity_sum * kwh_per_unit * 48 / bit_count(present) as total,
  quantity_max * kwh_per_unit as peak,
  night_sum * kwh_per_unit / 8 as night,
  phase, second_phase,
  estimated = 0 as is_actual,
  coalesce(p.is_sparse, false) as is_sparse,
  p.gappy_load is not null as is_gappy,
  settlement_date > c.first_date as is_copy,
  is_flat, is_rising
from held
left join copies c on c.series = held.meter and c.series_channel = held.channel and c.signature = held.signature
left join gappy p on p.gappy_load = held.load_id and p.series = held.meter and p.series_channel = held.channel
