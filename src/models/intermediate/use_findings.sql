-- Where a building takes clearly more than a year ago at the same temperature, one row a cause: what is on all day (base load), what is on by night alone
-- (lights or plant), heating or hot water while it is shut, or gas or heat that runs day and night alike or never rests. What heats while it is shut in frost alone is frost protection, and none of them. kWh a year are what it comes to if it goes on, from the
-- least to the most of the ways in which it may: at the level since it began, by the degree days of the last year, by how long it is dark.
-- grain: kind, site_id, energy
with
raised as (
  select
    site_id, energy,
    arg_max(struct_pack(level_kw, usual_kw, spread_kw, since, days_counted), {'kw': level_kw}) filter (part = 'night' and scope = 'any') as night,
    arg_max(struct_pack(level_kw, usual_kw, spread_kw, since, days_counted), {'days': days_counted, 'scope': scope}) filter (part = 'day' and scope in ('weekend', 'holiday')) as shut_day,
    -- What never rests strays itself, however still it usually is.
    arg_max(struct_pack(level_kw, usual_kw, spread_kw := greatest(spread_kw, threshold('gas_rest_strays') * level_kw), since, days_counted), {'kw': level_kw})
      filter (part = 'quietest' and scope = 'any') as quietest,
    count(*) filter (part = 'quietest' and scope = 'open') > 0 as never_rests_on_open_days,
    arg_max(struct_pack(level_kw, usual_kw, spread_kw, since, days_counted), {'times': level_kw / spread_kw, 'part': part}) filter (heats(energy) and part in ('midday', 'day') and scope = 'any') as heat_by_day
  from intermediate.raised_parts
  group by site_id, energy
),

begun as (
  select site_id, energy, coalesce(night.since, heat_by_day.since, shut_day.since, quietest.since) as since
  from raised
),

-- What the parts of the days took since then: it tells the causes apart.
since_then as (
  select
    b.site_id, b.energy,
    avg(e.excess_kw) filter (e.part = 'night')::double as night_kw,
    avg(e.excess_kw) filter (e.part = 'evening')::double as evening_kw,
    avg(e.excess_kw) filter (e.part = 'midday')::double as midday_kw,
    -- At the most: among much that is heated, a little more does not show on every day.
    avg(e.excess_kw) filter (e.part = 'midday' and e.opening = 'open')::double
      + 2 * median(e.spread_kw) filter (e.part = 'midday' and e.opening = 'open') / sqrt(count(*) filter (e.part = 'midday' and e.opening = 'open')) as most_open_midday_kw,
    avg(e.excess_kw) filter (e.part = 'midday' and e.opening <> 'open')::double as shut_midday_kw,
    avg(e.excess_kw) filter (e.part = 'day')::double as day_kw,
    avg(degrees_lacking(e.celsius)) filter (e.part = 'day')::double as mean_degrees,
    coalesce(avg(e.celsius)::double >= any_value(threshold('warm_day')), false) as is_warm,
    any_value(threshold('gas_alike')) as alike,
    -- What it takes while shut, by days of frost and others, and what open days take at midday in the same frost.
    count(*) filter (e.part = 'day' and e.opening <> 'open' and e.celsius >= threshold('frost_day')) as mild_shut_days,
    avg(e.excess_kw) filter (e.part = 'day' and e.opening <> 'open' and e.celsius >= threshold('frost_day'))::double as mild_shut_kw,
    avg(e.kw) filter (e.part = 'day' and e.opening <> 'open' and e.celsius < threshold('frost_day'))::double as frost_shut_kw,
    count(*) filter (e.part = 'night' and e.celsius >= threshold('frost_day')) as mild_nights,
    avg(e.excess_kw) filter (e.part = 'night' and e.celsius >= threshold('frost_day'))::double as mild_night_kw,
    avg(e.kw) filter (e.part = 'night' and e.celsius < threshold('frost_day'))::double as frost_night_kw
  from begun b
  join intermediate.part_excess e on e.site_id = b.site_id and e.energy = b.energy and e.settlement_date >= b.since
  group by b.site_id, b.energy
),

-- What open days took at midday in frost, of all days that are judged.
frost_middays as (
  select site_id, energy, avg(kw)::double as kw
  from intermediate.part_excess
  where heats(energy) and part = 'midday' and opening = 'open' and celsius < threshold('frost_day')
  group by site_id, energy
),

frost_protection as (
  select
    t.site_id, t.energy,
    is_frost_protection(t.mild_shut_days, t.mild_shut_kw, t.frost_shut_kw, m.kw) as is_of_shut_days,
    is_frost_protection(t.mild_nights, t.mild_night_kw, t.frost_night_kw, m.kw) as is_of_nights
  from since_then t
  left join frost_middays m using (site_id, energy)
),

degree_days as (
  select s.site_id, sum(d.mean_degree_days)::double as degree_days
  from intermediate.site_stations s
  join intermediate.station_days d using (station_id)
  where d.settlement_date > getvariable('as_of') - 365
  group by s.site_id
  having count(d.mean_c) >= any_value(threshold('signature_days'))
),

causes as (
  select
    r.site_id, r.energy, d.degree_days, b.since, t.mean_degrees, t.is_warm,
    case
      when r.energy = 'electricity' and r.night is not null and coalesce(t.shut_midday_kw, t.midday_kw, 0) >= 0.5 * t.night_kw then 'base load up'
      when r.energy = 'electricity' and r.night is not null then 'on at night'
      when heats(r.energy) and least(t.night_kw, t.evening_kw, t.most_open_midday_kw, t.shut_midday_kw) >= t.alike * greatest(t.night_kw, t.evening_kw, t.shut_midday_kw)
        then r.energy || ' day and night'
      -- Among heating that strays a leak may show in the quietest hours alone; where nothing is heated, as much in them as in all of a day that is shut, on open days too.
      when heats(r.energy) and r.quietest is not null
        and (coalesce(r.night, r.shut_day) is null or (t.is_warm and r.never_rests_on_open_days and r.quietest.level_kw >= t.alike * coalesce(r.shut_day, r.night).level_kw))
        then r.energy || ' day and night'
      when heats(r.energy) and coalesce(r.shut_day, r.night) is not null and t.is_warm then 'hot water while shut'
      when heats(r.energy) and r.shut_day is not null and not f.is_of_shut_days then 'heating while shut'
      when heats(r.energy) and r.night is not null and not f.is_of_nights then 'heating at night'
    end as kind,
    case
      when kind in ('heating while shut', 'hot water while shut') then coalesce(r.shut_day, r.night)
      else coalesce(r.night, r.heat_by_day, r.shut_day, r.quietest)
    end as evidence,
    greatest(coalesce(t.day_kw, 0), 0) as day_kw
  from raised r
  join begun b using (site_id, energy)
  join since_then t using (site_id, energy)
  join frost_protection f using (site_id, energy)
  left join degree_days d using (site_id)
),

-- Heating rests at some time of nearly every day: gas that does not, and is far less than what is heated, is a cause of its own.
besides as (
  select c.site_id, c.energy, c.degree_days, r.quietest.since as since, c.mean_degrees, c.is_warm, c.energy || ' day and night' as kind, r.quietest as evidence, r.quietest.level_kw as day_kw
  from causes c
  join raised r using (site_id, energy)
  where c.kind in ('heating while shut', 'heating at night')
    and r.quietest.level_kw < threshold('gas_alike') * c.evidence.level_kw
),

told as (
  from causes
  union all
  from besides
),

dark as (
  select t.site_id, t.since, avg(24 - 2 * half_day_hours(coalesce(s.latitude, 53), d.settlement_date))::double as hours
  from (select distinct site_id, since from told where kind = 'on at night') t
  join council.sites s using (site_id)
  join ops.settlement_days d on d.settlement_date between t.since and getvariable('as_of')
  group by t.site_id, t.since
),

shut as (
  select site_id, 1 - sum(greatest(closes_half_hour - opens_half_hour, 0)) / 336 as share
  from council.site_hours
  group by site_id
),

-- What a day takes since it began, and what that comes to in a year, by each way in which it may go on. What runs day and night is told by its quietest times and by all
-- of its days; in the cold it may follow the weather after all. What is on at night may burn as long as it is dark, or as long as now; what runs on warm days,
-- most of all in a holiday, is no waste while the building is open.
ways as (
  select
    t.*, coalesce(if(t.mean_degrees > 1, t.degree_days / t.mean_degrees, null), 365) as days_of_cold,
    case
      when kind = 'base load up' or ends_with(kind, 'day and night') then evidence.level_kw * 24
      when kind = 'on at night' then greatest(day_kw * 24, evidence.level_kw * 8)
      else day_kw * 24
    end as kwh_a_day,
    case
      when kind in ('heating while shut', 'heating at night') then [kwh_a_day * days_of_cold]
      when kind = 'on at night' then [kwh_a_day * 365, kwh_a_day * 365 * 12 / d.hours]
      when kind = 'base load up' then [kwh_a_day * 365]
      when ends_with(kind, 'day and night') then [kwh_a_day * 365, day_kw * 24 * 365, if(is_warm, day_kw * 24 * 365 * s.share, day_kw * 24 * days_of_cold)]
      when kind = 'hot water while shut' then [kwh_a_day * 365, kwh_a_day * 365 * s.share]
    end as kwh_a_year,
    -- Nine in ten: the standard error of a median, where neighbouring days are as alike as they mostly are (a correlation of a half). A year told from a few weeks is no
    -- better known than `finding_year`, of heating than `finding_year_weather`, in the dark than `finding_year_dark`, however even those weeks were.
    least(greatest(
      1.645 * 1.2533 * sqrt(3) * evidence.spread_kw / sqrt(evidence.days_counted) / evidence.level_kw,
      threshold(case when kind in ('heating while shut', 'heating at night') then 'finding_year_weather' when kind = 'on at night' then 'finding_year_dark' else 'finding_year' end)
    ), 1) as strays
  from told t
  left join dark d using (site_id, since)
  left join shut s using (site_id)
)

select
  kind, site_id, energy, since, evidence.level_kw, evidence.usual_kw, evidence.days_counted,
  -- What never strays is sure as soon as it has lasted.
  evidence.level_kw / greatest(evidence.spread_kw, 0.001) as times_spread,
  kwh_a_day, kwh_a_day * (getvariable('as_of') - since + 1) as kwh_so_far,
  list_min(kwh_a_year) * (1 - strays) as kwh_a_year_low,
  list_max(kwh_a_year) * (1 + strays) as kwh_a_year_high
from ways
-- The gas of a boiler and the heat that it makes have one cause, told of what is bought.
where kind is not null and (energy <> 'heat' or (site_id, replace(kind, 'heat day', 'gas day')) not in (select (site_id, kind) from told where energy = 'gas' and kind is not null))
