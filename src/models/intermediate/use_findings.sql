-- Where a building takes clearly more than a year ago at the same temperature, one row a cause: what is on all day (base load), what is on by night alone
-- (lights or plant), heating or hot water while it is shut, or gas that runs day and night alike. kWh a year are what it comes to if it goes on: at the level
-- since it began, and for heating by the degree days of the last year.
-- grain: kind, site_id, energy
with
levels as (
  select
    site_id, energy,
    max(level_kw) filter (part = 'night' and scope = 'any') as night_kw,
    max(level_kw) filter (part = 'midday' and scope = 'weekend') as shut_midday_kw,
    max(level_kw) filter (part = 'midday' and scope = 'open') as open_midday_kw,
    max(level_kw) filter (part = 'midday' and scope = 'any') as midday_kw,
    any_value(struct_pack(since, mean_excess_kw, mean_degrees)) filter (part = 'day' and scope = 'any') as whole_day,
    max(level_kw) filter (part = 'day' and scope = 'weekend') as shut_day_kw,
    coalesce(max(celsius) filter (part = 'day' and scope in ('weekend', 'holiday')) >= any_value(threshold('warm_day')), false) as is_warm
  from intermediate.excess_levels
  group by site_id, energy
),

raised as (
  select
    site_id, energy,
    arg_max(struct_pack(level_kw, usual_kw, spread_kw, since, days_counted, mean_excess_kw, mean_degrees), level_kw) filter (part = 'night' and scope = 'any') as night,
    arg_max(struct_pack(level_kw, usual_kw, spread_kw, since, days_counted, mean_excess_kw, mean_degrees), days_counted) filter (part = 'day' and scope in ('weekend', 'holiday')) as shut_day
  from intermediate.raised_parts
  group by site_id, energy
),

degree_days as (
  select s.site_id, sum(greatest(15.5 - d.mean_c, 0))::double as degree_days
  from intermediate.site_stations s
  join intermediate.station_days d using (station_id)
  where d.settlement_date > getvariable('as_of') - 365
  group by s.site_id
  having count(d.mean_c) >= 330
),

causes as (
  select
    r.site_id, r.energy, d.degree_days,
    case
      when r.energy = 'electricity' and r.night is not null and coalesce(l.shut_midday_kw, l.midday_kw, 0) >= 0.5 * l.night_kw then 'base load up'
      when r.energy = 'electricity' and r.night is not null then 'on at night'
      when r.energy = 'gas' and r.night is not null and l.open_midday_kw >= 0.7 * l.night_kw and coalesce(l.shut_day_kw >= 0.7 * l.night_kw, true) then 'gas day and night'
      when r.energy = 'gas' and r.shut_day is not null and l.is_warm then 'hot water while shut'
      when r.energy = 'gas' and r.shut_day is not null then 'heating while shut'
      when r.energy = 'gas' and r.night is not null then 'heating at night'
    end as kind,
    if(kind in ('heating while shut', 'hot water while shut'), r.shut_day, r.night) as evidence,
    greatest(coalesce(l.whole_day.mean_excess_kw, 0), 0) as day_kw,
    l.whole_day.mean_degrees as mean_degrees,
    least(r.night.since, r.shut_day.since) as since
  from raised r
  join levels l using (site_id, energy)
  left join degree_days d using (site_id)
)

select
  kind, site_id, energy, since, evidence.level_kw, evidence.usual_kw, evidence.days_counted,
  evidence.level_kw / nullif(evidence.spread_kw, 0) as times_spread,
  -- Nine in ten: the standard error of a median, where neighbouring days are as alike as they mostly are (a correlation of a half).
  least(1.645 * 1.2533 * sqrt(3) * evidence.spread_kw / sqrt(evidence.days_counted) / evidence.level_kw, 1) as uncertainty,
  case
    when kind in ('base load up', 'gas day and night') then evidence.level_kw * 24
    when kind = 'on at night' then greatest(day_kw * 24, evidence.level_kw * 8)
    else greatest(day_kw, 0) * 24
  end as kwh_a_day,
  kwh_a_day * (getvariable('as_of') - since + 1) as kwh_so_far,
  case
    when kind in ('heating while shut', 'heating at night') and degree_days is not null and mean_degrees > 1 then kwh_a_day * degree_days / mean_degrees
    else kwh_a_day * 365
  end as kwh_a_year
from causes
where kind is not null
