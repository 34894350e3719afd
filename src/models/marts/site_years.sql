-- The last 365 days of each site and energy: what it used, what of that while closed, what it cost and emitted at the rates and factors of now, how it stands
-- among the council's own buildings of its kind that are heated alike, and against the year before: like for like, day by day, the same day of the week 364
-- days earlier, where both are held. Where less than the threshold is held there is no comparison with others.
-- A base load is the median of the nights of the last four weeks, where `base_load_nights` are held.
-- grain: site_id, energy
-- check: held_share between 0 and 1
with
whole_days as (
  select u.*, h.present, h.periods
  from intermediate.site_use_days u
  join intermediate.site_half_hours h using (site_id, energy, settlement_date)
  where bit_count(h.present) + repeated_without_a_place(h.day_kind, h.present) = h.periods
    and u.settlement_date > getvariable('as_of') - 729
),

this_year as (
  select
    site_id, energy,
    if(count(*) filter (quantity = 'import') * 2 > count(*), 'import', 'use') as quantity,
    count(*)::integer as days,
    sum(half_hourly_kwh) as kwh,
    sum(half_hourly_kwh) filter (closed_kwh is not null) as kwh_with_hours,
    sum(closed_kwh) as closed_kwh,
    base_load_of(base_load_kw, settlement_date) as base_load_kw
  from whole_days
  where settlement_date > getvariable('as_of') - 365
  group by site_id, energy
),

before as (
  select
    n.site_id, n.energy, count(*)::integer as days, sum(n.half_hourly_kwh) as kwh, sum(p.half_hourly_kwh) as kwh_before,
    base_load_of(p.base_load_kw, n.settlement_date) as base_load_kw
  from whole_days n
  join whole_days p on p.site_id = n.site_id and p.energy = n.energy and p.quantity = n.quantity and p.settlement_date = n.settlement_date - 364
  where n.settlement_date > getvariable('as_of') - 365
  group by n.site_id, n.energy
),

-- The year before by itself, for its place among others: of what most of its days are of.
year_before as (
  select w.site_id, w.energy, w.quantity, count(*)::integer as days, sum(w.half_hourly_kwh) as kwh
  from whole_days w
  where w.settlement_date <= getvariable('as_of') - 365
  group by w.site_id, w.energy, w.quantity
),

imported as (
  select site_id, energy, sum(consumption_kwh) as kwh, sum(present_half_hours + period_half_hours) / nullif(sum(expected_half_hours), 0) as held_share
  from intermediate.site_days
  where settlement_date > getvariable('as_of') - 365
  group by site_id, energy
),

counted_pupils as (
  select site_id, arg_max(pupils, counted_on) as pupils
  from council.pupils
  where counted_on <= getvariable('as_of')
  group by site_id
),

heated as (
  select
    s.site_id, s.kind, s.floor_area_m2,
    coalesce(s.heated_by, if(count(m.meter_point_id) filter (m.energy = 'gas') > 0, 'gas', 'unknown')) as heated_by
  from council.sites s
  left join council.meter_points m on m.site_id = s.site_id and holds_on(getvariable('as_of'), m.valid_from, m.valid_to)
  group by s.site_id, s.kind, s.floor_area_m2, s.heated_by
),

measured as (
  select
    i.site_id, i.energy, h.kind, h.heated_by, h.floor_area_m2, y.quantity, coalesce(y.days, 0) as days, y.kwh, y.kwh_with_hours, y.closed_kwh, y.base_load_kw,
    least(coalesce(y.days, 0) / 365, 1)::double as held_share, i.kwh as import_kwh,
    y.kwh / y.days * 365 as year_kwh,
    case when y.days >= threshold('speaks') * 365 then y.kwh / y.days * 365 / h.floor_area_m2 end as kwh_per_m2,
    case when p.days >= threshold('speaks') * 364 then p.kwh / p.days * 365 / h.floor_area_m2 end as kwh_per_m2_before
  from imported i
  join heated h using (site_id)
  left join this_year y using (site_id, energy)
  left join year_before p on p.site_id = i.site_id and p.energy = i.energy and p.quantity = y.quantity
),

ranked as (
  select
    *,
    count(kwh_per_m2) over kinds as peers,
    case when count(kwh_per_m2) over kinds >= threshold('least_peers') then median(kwh_per_m2) over kinds end as peers_kwh_per_m2,
    case when count(kwh_per_m2) over kinds >= threshold('least_peers') then median(closed_kwh / nullif(kwh_with_hours, 0)) over kinds end as peers_closed_share,
    case when kwh_per_m2 is not null then rank() over (kinds order by kwh_per_m2 nulls last) end as place
  from measured
  window kinds as (partition by kind, heated_by, energy)
)

select
  r.site_id, s.site_name, r.kind as site_kind, r.heated_by, r.energy, r.quantity, r.days::integer as days, r.held_share,
  r.kwh::double as kwh, r.import_kwh::double as import_kwh,
  (r.import_kwh * f.t_co2e_per_kwh)::double as t_co2e,
  (r.import_kwh * t.gbp_per_kwh)::double as avoidable_gbp,
  (r.closed_kwh / nullif(r.kwh_with_hours, 0))::double as closed_share,
  r.base_load_kw::double as base_load_kw, b.base_load_kw::double as base_load_before_kw,
  coalesce(b.days, 0)::integer as days_compared, b.kwh::double as kwh_compared, b.kwh_before::double as kwh_before,
  r.kwh_per_m2::double as kwh_per_m2, r.kwh_per_m2_before::double as kwh_per_m2_before,
  r.peers_kwh_per_m2::double as peers_kwh_per_m2, r.peers_closed_share::double as peers_closed_share, r.peers::integer as peers, r.place::integer as place,
  case when r.kwh_per_m2 is not null then r.year_kwh / p.pupils end::double as kwh_per_pupil, p.pupils::integer as pupils
from ranked r
join council.sites s using (site_id)
left join before b using (site_id, energy)
left join intermediate.site_tariffs t using (site_id, energy)
left join intermediate.energy_factors f using (energy)
left join counted_pupils p using (site_id)
order by r.site_id, r.energy
