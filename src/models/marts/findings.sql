-- What somebody should look at, one row a cause: what a building takes that it did not, what its panels no longer make, water that runs at night, what is wrong with its data, and what is due. Of a
-- site and energy whose readings are in doubt nothing is said but that. Costs are avoidable £ at the rates of the as-of date, null where no tariff is given.
-- grain: finding_id
-- check: kwh_a_year is null or kwh_a_year >= 0
with
own_use as (
  select asset_id, sum(self_consumption_kwh)::double / nullif(sum(generation_kwh) filter (matched_half_hours > 0), 0)::double as share
  from intermediate.generation_days
  where settlement_date > getvariable('as_of') - 400
  group by asset_id
),

-- Heating that starts long before opening on mild days too, where nothing else is wrong with what heats the site. What it costs is what mild days burn before a warm-up is granted, as
-- of the newest four weeks, over the mild days of a year; of that a part is saved, since some of the warmth stays.
heating_early as (
  select
    site_id, any_value(energy) as energy,
    median(hours_before) filter (is_newest)::double as hours_before,
    (count(*) filter (is_newest))::integer as days_counted,
    coalesce(max(settlement_date) filter (hours_before < threshold('heating_early')) + 1, min(settlement_date)) as since,
    avg(early_kwh) filter (is_newest)::double * count(*) * any_value(threshold('heating_early_saved')) as kwh_a_year
  from (select *, settlement_date > getvariable('as_of') - 28 as is_newest from intermediate.heating_start_days where celsius >= threshold('heating_mild_day'))
  where (site_id, energy) not in (select site_id, energy from intermediate.use_findings)
  group by site_id
  having count(*) filter (is_newest) >= threshold('heating_early_days')
    and median(hours_before) filter (is_newest) >= threshold('heating_early')
),

-- The next of each thing that is to be done. A refrigerant check is due when the regulation says, where that is earlier than the register says or the register names no next one.
due as (
  select what, subject, any_value(site_id) as site_id, arg_min(owner_role, {'due': due_on, 'role': owner_role}) as owner_role, min(due_on) as due_on, null as why
  from council.due_dates
  where done_on is null and (what, subject) not in (select ('refrigerant check', subject) from marts.refrigerant_checks where rule_due_on is not null)
  group by what, subject
  union all
  select
    'refrigerant check', subject, site_id, owner_role, least(rule_due_on, given_due_on)::date,
    if(given_due_on is null or rule_due_on < given_due_on,
      format('every {} months for a charge of {} t CO₂e by the F-gas regulation', check_every_months, round(f_gas_t_co2e)::integer)
        || if(given_due_on is null, '', format('; due-dates.csv says {}', strftime(given_due_on, '%-d %b %Y'))),
      null)
  from marts.refrigerant_checks
  where rule_due_on is not null
),

told as (
  select
    replace(u.kind, ' ', '-') || '.' || u.site_id as finding_id, u.kind, u.site_id, u.energy, u.site_id as subject, u.since,
    u.level_kw::double as measured, u.usual_kw::double as usual, u.days_counted::integer as days_counted,
    case when u.times_spread >= 4 and u.days_counted >= 14 then 'high' when u.times_spread >= 2.5 then 'medium' else 'low' end as confidence,
    (u.kwh_a_year_high - u.kwh_a_year_low) / (u.kwh_a_year_high + u.kwh_a_year_low) as uncertainty, u.kwh_so_far, (u.kwh_a_year_low + u.kwh_a_year_high) / 2 as kwh_a_year,
    kwh_a_year * case u.kind when 'on at night' then t.night_gbp_per_kwh when 'heating while shut' then t.shut_gbp_per_kwh else t.gbp_per_kwh end as gbp_a_year,
    kwh_a_year * f.t_co2e_per_kwh as t_co2e_a_year,
    'estates manager' as owner_role
  from intermediate.use_findings u
  left join intermediate.site_tariffs t using (site_id, energy)
  left join intermediate.energy_factors f using (energy)
  where not exists (from intermediate.data_findings d where d.kind = 'readings in doubt' and d.site_id = u.site_id and d.energy = u.energy)
  union all by name
  -- Where export is not metered, what it would save lies between nothing and all of it.
  select
    replace(s.kind, ' ', '-') || '.' || s.asset_id as finding_id, s.kind, s.site_id, 'electricity' as energy, s.asset_id as subject, s.since,
    s.share_of_usual as measured, 1 as usual,
    case when s.share_of_usual < 0.05 or s.share_of_usual is null then 'high' when s.by_what = 'its own clear days' then 'low' else 'medium' end as confidence,
    if(o.share is null, 1, 0.15) as uncertainty, s.kwh_so_far, s.kwh_a_year,
    s.kwh_a_year * coalesce(o.share, 0.5) * t.gbp_per_kwh as gbp_a_year,
    s.kwh_a_year * coalesce(o.share, 0.5) * f.t_co2e_per_kwh as t_co2e_a_year,
    s.by_what as detail, if(s.kind = 'solar at night', 'data collection', 'estates manager') as owner_role
  from intermediate.solar_findings s
  left join own_use o using (asset_id)
  left join intermediate.site_tariffs t on t.site_id = s.site_id and t.energy = 'electricity'
  left join intermediate.energy_factors f on f.energy = 'electricity'
  union all by name
  select
    'heating-early.' || h.site_id as finding_id, 'heating early' as kind, h.site_id, h.energy, h.site_id as subject, h.since,
    h.hours_before as measured, threshold('heating_warm_up') as usual, h.days_counted, 'medium' as confidence, 0.5 as uncertainty,
    h.kwh_a_year, h.kwh_a_year * t.gbp_per_kwh as gbp_a_year, h.kwh_a_year * f.t_co2e_per_kwh as t_co2e_a_year,
    'estates manager' as owner_role
  from heating_early h
  left join intermediate.site_tariffs t on t.site_id = h.site_id and t.energy = h.energy
  left join intermediate.energy_factors f on f.energy = h.energy
  where not exists (from intermediate.data_findings d where d.kind = 'readings in doubt' and d.site_id = h.site_id and d.energy = h.energy)
  union all by name
  select
    'demand-above-capacity.' || m.meter_point_id as finding_id, 'demand above capacity' as kind, m.site_id, 'electricity' as energy, m.meter_point_id as subject,
    m.first_above_on::date as since, m.max_kw as measured, m.agreed_capacity_kva as usual, 'high' as confidence,
    m.half_hours_above || ' half-hours' as detail, 'energy manager' as owner_role
  from marts.maximum_demands m
  where m.half_hours_above >= threshold('capacity_above')
    and not exists (from intermediate.data_findings d where d.kind = 'readings in doubt' and d.meter_point_id = m.meter_point_id)
  union all by name
  -- What it costs is of less capacity, not of less energy: the tariff's capacity line, for what would have been spared by a good power factor or a poor one.
  select
    'capacity-not-needed.' || m.meter_point_id as finding_id, 'capacity not needed' as kind, m.site_id, 'electricity' as energy, m.meter_point_id as subject,
    (getvariable('as_of') - 364)::date as since, m.max_kw as measured, m.agreed_capacity_kva as usual, m.whole_days as days_counted, 'medium' as confidence,
    (m.spare_kva_high - m.spare_kva_low) / (m.spare_kva_high + m.spare_kva_low) as uncertainty,
    m.gbp_per_kva_a_year * (m.spare_kva_low + m.spare_kva_high) / 2 as gbp_a_year, 'energy manager' as owner_role
  from marts.maximum_demands m
  where m.spare_kva_low > 0
    and not exists (from intermediate.data_findings d where d.kind = 'readings in doubt' and d.meter_point_id = m.meter_point_id)
  union all by name
  select
    replace(kind, ' ', '-') || '.' || meter_point_id as finding_id, kind, site_id, energy, meter_point_id as subject, since,
    'high' as confidence, t_co2e_missing, doubt as detail, 'data collection' as owner_role
  from intermediate.data_findings
  union all by name
  select
    'panels-not-registered.' || m.site_id as finding_id, 'panels not registered' as kind, m.site_id, 'electricity' as energy, m.site_id as subject, m.since,
    m.level_kw as measured, m.usual_kw as usual, m.days_counted, 'medium' as confidence, 'energy manager' as owner_role
  from intermediate.midday_falls m
  where not exists (from intermediate.data_findings d where d.kind = 'readings in doubt' and d.site_id = m.site_id and d.energy = 'electricity')
  union all by name
  -- How far the middle of its nights strays, as of other findings. No factor of water is at hand: nothing is said of tonnes.
  select
    'water-at-night.' || n.site_id as finding_id, 'water at night' as kind, n.site_id, 'water' as energy, n.site_id as subject, n.since,
    n.level_l_per_h::double as measured, coalesce(n.usual_l_per_h, 0)::double as usual, n.nights as days_counted,
    case when n.usual_nights is null then 'low' when n.nights >= 13 and n.level_l_per_h >= 2 * n.limit_l_per_h then 'high' else 'medium' end as confidence,
    least(greatest(1.645 * 1.2533 * sqrt(3) * n.strays_l_per_h / sqrt(n.nights) / n.level_l_per_h, threshold('finding_year')), 1) as uncertainty,
    m3_a_day(n.level_l_per_h) * (getvariable('as_of') - n.since + 1) as m3_so_far, m3_a_day(n.level_l_per_h) * 365 as m3_a_year,
    m3_a_day(n.level_l_per_h) * 365 * r.gbp_per_m3 as gbp_a_year, 'estates manager' as owner_role
  from intermediate.water_night_levels n
  left join intermediate.site_water_rates r using (site_id)
  where n.is_leak
  union all by name
  select
    'due.' || replace(what, ' ', '-') || '.' || regexp_replace(lower(subject), '[^a-z0-9]+', '-', 'g') as finding_id, 'due' as kind, site_id, subject,
    'high' as confidence, due_on, what || coalesce(', ' || why, '') as detail, owner_role
  from due
  where due_on <= getvariable('as_of') + threshold('due_soon')::integer
),

decided as (
  select
    finding_id,
    arg_max(struct_pack(decision, "until" := "until", why, by_role, decided_on := decided_at::timestamp::date), decided_at) as latest
  from council.finding_decisions
  group by finding_id
)

select
  t.finding_id, t.kind, t.site_id, s.site_name, s.kind as site_kind, t.energy, t.subject,
  t.since::timestamp_ms as since, t.measured::double as measured, t.usual::double as usual, t.days_counted::integer as days_counted, t.confidence,
  t.kwh_so_far::double as kwh_so_far, t.kwh_a_year::double as kwh_a_year, t.m3_so_far::double as m3_so_far, t.m3_a_year::double as m3_a_year,
  t.gbp_a_year::double as gbp_a_year, (t.gbp_a_year * (1 - t.uncertainty))::double as gbp_a_year_low, (t.gbp_a_year * (1 + t.uncertainty))::double as gbp_a_year_high,
  t.t_co2e_a_year::double as t_co2e_a_year, (t.t_co2e_a_year * (1 - t.uncertainty))::double as t_co2e_a_year_low, (t.t_co2e_a_year * (1 + t.uncertainty))::double as t_co2e_a_year_high,
  t.t_co2e_missing::double as t_co2e_missing, t.due_on::timestamp_ms as due_on, t.detail, t.owner_role,
  case
    when d.latest.decision = 'snoozed' and d.latest.until >= getvariable('as_of') then 'snoozed'
    when d.latest.decision = 'fixed' and t.kind <> 'due' then if(getvariable('as_of') - d.latest.decided_on < 15, 'watched', 'returned')
    when d.latest.decision in ('explained', 'wrong') and coalesce(t.since <= d.latest.decided_on, true) then d.latest.decision
    when d.latest.decision = 'acknowledged' then 'acknowledged'
    else 'open'
  end as state,
  d.latest.decided_on::timestamp_ms as decided_on, d.latest.until::timestamp_ms as snoozed_until, d.latest.why as decided_why, d.latest.by_role as decided_by,
  s.cost_centre, s.service, s.ward, s.recharged_to
from told t
left join council.sites s using (site_id)
left join decided d using (finding_id)
order by t.gbp_a_year desc nulls last, t.t_co2e_a_year desc nulls last, t.t_co2e_missing desc nulls last, t.due_on, t.finding_id
