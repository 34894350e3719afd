-- Every day that is judged, and every day that one is compared with: those of the same meter within fourteen months. In kWh, with what is looked at.
create or replace temp table trial_days as
with
series as (
  select m.meter, d.channel, min(d.settlement_date) - interval 14 months as from_date, max(d.settlement_date) + interval 14 months as to_date
  from raw.meter_days d
  semi join trial_subjects using (load_id, meter_key)
  join trial_meters m using (meter_key)
  group by m.meter, d.channel
),

held as (
  select
    d.*, m.meter, m.energy, case when d.channel = 'import' then m.benchmark end as benchmark, s.load_id is not null as is_judged, coalesce(u.kwh_per_unit, 1) as kwh_per_unit
  from raw.meter_days d
  semi join trial_standing using (load_id)
  join trial_meters m using (meter_key)
  join series r on r.meter = m.meter and r.channel = d.channel and d.settlement_date between r.from_date and r.to_date
  left join trial_subjects s using (load_id, meter_key)
  left join trial_units u on u.unit = if(d.unit = 'metered', m.unit, d.unit)
  where d.present <> 0
)

select
  load_id, meter, meter_key, channel, unit, energy, benchmark, settlement_date, present, kwh_per_unit, is_judged,
  (year(settlement_date) * 12 + month(settlement_date))::integer as month,
  isodow(settlement_date) >= 6 as is_weekend,
  bit_count(present)::integer as half_hours,
  list_sum(quantity) * kwh_per_unit * 48 / bit_count(present) as total,
  list_max(quantity) * kwh_per_unit as peak,
  case when present & 255 = 255 then list_sum(quantity[1:8]) * kwh_per_unit / 8 end as night,
  (quantity[1] > 0 and quantity[1] = quantity[6] and quantity[6] = quantity[11])
    or (quantity[11] > 0 and quantity[11] = quantity[16] and quantity[16] = quantity[21])
    or (quantity[21] > 0 and quantity[21] = quantity[26] and quantity[26] = quantity[31])
    or (quantity[31] > 0 and quantity[31] = quantity[36] and quantity[36] = quantity[41]) as is_flat,
  quantity[1] > 0 and quantity[1] < quantity[48] and quantity[1] > quantity[48] / 2
    and quantity[1] <= quantity[9] and quantity[9] <= quantity[17] and quantity[17] <= quantity[25]
    and quantity[25] <= quantity[33] and quantity[33] <= quantity[41] and quantity[41] <= quantity[48] as is_rising
from held
