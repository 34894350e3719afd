-- Each site of the last 365 days against a typical one of its kind: a TM46-based estimate, not a certificate. A site of which too little is read, or that was
-- not there for the whole year, has no rating: it would look better than it is.
-- Electricity is what the site uses; what it imports alone, where too little of its own use is known, and `quantity` says so.
-- grain: site_id
-- check: read_share is null or read_share <= 1
with
imported as (
  select
    site_id,
    sum(consumption_kwh) filter (energy = 'electricity') as electricity_kwh,
    sum(consumption_kwh) filter (energy = 'gas') as gas_kwh
  from intermediate.site_days
  where settlement_date > getvariable('as_of') - 365
  group by site_id
),

own_use as (
  select
    site_id,
    if(sum(bit_count(present) + repeated_without_a_place(day_kind, present)) >= threshold('speaks') * sum(periods), 'use', 'import') as quantity,
    sum(list_sum(kwh)::decimal(18, 4)) filter (present <> 0) as kwh
  from intermediate.site_own_use
  where settlement_date > getvariable('as_of') - 365
  group by site_id
),

used as (
  select
    i.site_id, coalesce(o.quantity, 'use') as quantity, i.gas_kwh,
    i.electricity_kwh + if(o.quantity = 'use', o.kwh, 0) as electricity_kwh
  from imported i
  left join own_use o using (site_id)
),

energy_days as (
  select
    c.site_id, c.energy, c.settlement_date, sum(c.periods) as expected,
    sum(least(coalesce(m.present_half_hours + m.period_half_hours + m.repeated_hour_half_hours, 0), c.periods)) as held
  from intermediate.meter_calendar c
  anti join intermediate.beside_totals b using (meter_point_id, settlement_date)
  left join intermediate.metered_days m using (meter_point_id, channel, settlement_date)
  where c.channel = 'import' and c.settlement_date > getvariable('as_of') - 365
  group by c.site_id, c.energy, c.settlement_date
),

energies as (
  select site_id, energy, sum(expected) as expected, sum(held) as held, count(*) / 365 as year_share
  from energy_days
  group by site_id, energy
),

read as (
  select site_id, sum(held) / sum(expected) as read_share, min(held / expected * year_share) as least_share
  from energies
  group by site_id
),

rated as (
  select
    s.site_id, s.site_name, s.kind as site_kind, b.category, s.floor_area_m2, y.quantity,
    (y.electricity_kwh / s.floor_area_m2)::double as electricity_kwh_per_m2,
    (y.gas_kwh / s.floor_area_m2)::double as gas_kwh_per_m2,
    b.electricity_kwh_per_m2 as typical_electricity_kwh_per_m2,
    b.fossil_thermal_kwh_per_m2 as typical_fossil_thermal_kwh_per_m2,
    case when r.least_share >= threshold('speaks') then (100 * (coalesce(y.electricity_kwh, 0) * b.electricity_kg_co2_per_kwh + coalesce(y.gas_kwh, 0) * b.fossil_thermal_kg_co2_per_kwh)
      / (s.floor_area_m2 * b.typical_kg_co2_per_m2))::double end as tm46_rating,
    r.read_share::double as read_share
  from council.sites s
  join intermediate.benchmarks b on b.site_kind = s.kind
  join used y using (site_id)
  left join read r using (site_id)
  where s.floor_area_m2 is not null
)

-- Each letter is 25 wide, the last without end.
select *, chr(65 + least(greatest(ceil(tm46_rating / 25)::integer - 1, 0), 6)) as tm46_band
from rated
order by site_id
