-- Where an array makes far less than it should, or makes something while the sun is down. What it should make of a day is its usual share of what its area makes for each kWp
-- (PV_Live), or, where that is not held, of what the council's other arrays make, so that a cloudy week is no fault. Its usual share is that of its own year, and weak is only
-- what is below the same weeks of a year ago too: a tree that shades it every winter is no fault. An array of which neither speaks is judged by its own clear days, and is out
-- after a week at zero.
-- grain: kind, asset_id
with
days as (
  select asset_id, site_id, capacity_kw, area, settlement_date, kwh_per_kwp, area_kwh_per_kwp, is_at_zero
  from intermediate.yield_days
  where settlement_date > getvariable('as_of') - 430 and settlement_date <= getvariable('as_of') and (is_at_zero or is_read)
),

compared as (
  select asset_id, settlement_date, 'area' as by_what, area_kwh_per_kwp as others_kwh_per_kwp
  from days
  where area_kwh_per_kwp > 0
  union all
  select d.asset_id, d.settlement_date, 'other arrays', median(o.kwh_per_kwp)::decimal(18, 8)
  from days d
  join days o on o.settlement_date = d.settlement_date and o.asset_id <> d.asset_id and o.kwh_per_kwp > 0.02
  group by d.asset_id, d.settlement_date
),

usual as (
  select
    asset_id, by_what,
    sum(kwh_per_kwp) filter (is_of_signature(settlement_date))::double / nullif(sum(others_kwh_per_kwp) filter (is_of_signature(settlement_date)), 0)::double as share,
    count(*) filter (is_of_signature(settlement_date)) as days,
    sum(kwh_per_kwp) filter (is_of_season)::double / nullif(sum(others_kwh_per_kwp) filter (is_of_season), 0)::double as season_share,
    count(*) filter (is_of_season) as season_days,
    count(*) filter (settlement_date > getvariable('as_of') - 7) as newest_days
  from (
    select c.*, d.kwh_per_kwp, d.is_at_zero, c.settlement_date between getvariable('as_of') - 408 and getvariable('as_of') - 350 as is_of_season
    from compared c
    join days d using (asset_id, settlement_date)
  )
  where not is_at_zero or settlement_date > getvariable('as_of') - 28
  group by asset_id, by_what
),

-- The area before the other arrays.
chosen as (
  select *, if(by_what = 'area', threshold('solar_weak_by_area'), threshold('solar_weak')) as weak_share
  from usual
  where days >= threshold('solar_usual_days') and share > 0
  qualify row_number() over (partition by asset_id order by newest_days >= threshold('solar_week_days') desc, by_what) = 1
),

expected as (
  select d.*, u.by_what, u.share, u.season_share, u.season_days, u.weak_share, round(c.others_kwh_per_kwp * u.share, 8)::decimal(18, 8) as expected_kwh_per_kwp
  from days d
  join chosen u using (asset_id)
  join compared c on c.asset_id = d.asset_id and c.settlement_date = d.settlement_date and c.by_what = u.by_what
),

newest as (
  select
    asset_id, any_value(site_id) as site_id, any_value(capacity_kw) as capacity_kw, any_value(by_what) as by_what, any_value(area) as area,
    any_value(weak_share) as weak_share, any_value(if(season_days >= threshold('solar_season_days'), least(season_share / share, 1), 1)) as season,
    sum(kwh_per_kwp) filter (settlement_date > getvariable('as_of') - 7)::double / nullif(sum(expected_kwh_per_kwp) filter (settlement_date > getvariable('as_of') - 7), 0)::double as week_share,
    sum(kwh_per_kwp) filter (settlement_date > getvariable('as_of') - 28)::double / nullif(sum(expected_kwh_per_kwp) filter (settlement_date > getvariable('as_of') - 28), 0)::double as month_share,
    count(*) filter (settlement_date > getvariable('as_of') - 7) as week_days,
    count(*) filter (settlement_date > getvariable('as_of') - 28) as month_days,
    sum(expected_kwh_per_kwp) filter (settlement_date > getvariable('as_of') - 365)::double as year_kwh_per_kwp
  from expected
  group by asset_id
),

judged as (
  select *, if(is_out, week_share, month_share) as share_of_usual
  from (
    select
      *,
      week_days >= threshold('solar_week_days') and week_share < threshold('solar_outage') as is_out,
      month_days >= threshold('solar_month_days') and month_share < weak_share * season and week_share < weak_share * season as is_weak
    from newest
  )
),

-- It began after the day up to which it had lost least, beyond half of what it loses now.
sums as (
  select
    e.asset_id, e.settlement_date,
    sum(e.expected_kwh_per_kwp * ((1 + j.share_of_usual) / 2)::decimal(9, 8) - e.kwh_per_kwp) over so_far as lost,
    lead(e.settlement_date) over days as next_date
  from expected e
  join judged j using (asset_id)
  where j.is_out or j.is_weak
  window days as (partition by e.asset_id order by e.settlement_date), so_far as (days rows unbounded preceding)
),

begun as (
  select asset_id, coalesce(arg_min(next_date, {'sum': lost, 'day': settlement_date}), min(settlement_date)) as since
  from sums
  group by asset_id
),

lost as (
  select b.asset_id, b.since, greatest(sum(e.expected_kwh_per_kwp - e.kwh_per_kwp), 0)::double as kwh_per_kwp
  from begun b
  join expected e on e.asset_id = b.asset_id and e.settlement_date >= b.since
  group by b.asset_id, b.since
),

-- Arrays of which nothing else speaks, by their own clear days: the upper decile of the newest eight weeks, and of the same weeks a year ago.
alone as (
  select
    asset_id, site_id, any_value(capacity_kw) as capacity_kw,
    max(settlement_date) filter (kwh_per_kwp > 0.001) as last_made,
    count(*) filter (settlement_date > getvariable('as_of') - 7) as week_days,
    count(*) filter (settlement_date > getvariable('as_of') - 56) as newest_days,
    count(*) filter (settlement_date between getvariable('as_of') - 420 and getvariable('as_of') - 365) as before_days,
    quantile_cont(kwh_per_kwp, 0.9) filter (settlement_date > getvariable('as_of') - 56)::double
      / nullif(quantile_cont(kwh_per_kwp, 0.9) filter (settlement_date between getvariable('as_of') - 420 and getvariable('as_of') - 365), 0)::double as clear_share,
    sum((kwh_per_kwp * capacity_kw)::decimal(18, 4)) filter (settlement_date > getvariable('as_of') - 365)::double as year_kwh
  from days
  where asset_id not in (select asset_id from newest where week_share is not null)
  group by asset_id, site_id
),

-- The sun is down: 45 minutes and more before it rises and after it sets at the middle of the council's sites (else of England), by its declination. The margin is for the
-- equation of time and for places east and west.
place as (
  select coalesce(avg(latitude), 53) as latitude, coalesce(avg(longitude), -1.5) as longitude
  from council.sites
),

dark_days as (
  select
    d.settlement_date,
    list_transform(
      range(1, 51),
      slot -> if(slot <= d.periods and abs((slot * 0.5 - 0.25 - timezone_offset_hours + p.longitude / 15 + 24) % 24 - 12) > half_day_hours + 0.75, 1, 0)
    )::double[50] as is_in
  from (
    select
      s.settlement_date, s.periods,
      epoch(s.settlement_date::timestamp - timezone('UTC', british_clock(s.settlement_date::timestamp))) / 3600 as timezone_offset_hours,
      half_day_hours(p.latitude, s.settlement_date) as half_day_hours
    from ops.settlement_days s
    cross join place p
    where s.settlement_date > getvariable('as_of') - 28 and s.settlement_date <= getvariable('as_of')
  ) d
  cross join place p
)

select
  if(j.is_out, 'solar array out', 'solar array weak') as kind, j.asset_id, j.site_id, l.since,
  j.share_of_usual, if(j.by_what = 'area', j.area, j.by_what) as by_what,
  l.kwh_per_kwp * j.capacity_kw as kwh_so_far,
  j.year_kwh_per_kwp * j.capacity_kw * (1 - j.share_of_usual) as kwh_a_year
from judged j
join lost l using (asset_id)
where j.is_out or j.is_weak
union all
select
  if(is_out, 'solar array out', 'solar array weak'), asset_id, site_id, if(is_out, (last_made + 1)::date, null),
  if(is_out, 0, clear_share), 'its own clear days', null,
  if(is_out, year_kwh, year_kwh * (1 - clear_share))
from (select *, week_days >= threshold('solar_week_days') and last_made <= getvariable('as_of') - 7 as is_out from alone)
where is_out or (newest_days >= threshold('solar_clear_days') and before_days >= threshold('solar_clear_days') and clear_share < threshold('solar_weak'))
union all
select
  'solar at night', a.asset_id, a.site_id, min(h.settlement_date), null, null, null, null
from intermediate.current_meter_days h
join council.generation_assets a on a.generation_meter_id = h.meter_point_id
semi join intermediate.yield_days y using (asset_id)
join dark_days d using (settlement_date)
where h.channel = 'generation' and array_inner_product(h.kwh, d.is_in) > 0.01 * a.capacity_kw
group by a.asset_id, a.site_id
having count(*) >= threshold('solar_dark_days')
