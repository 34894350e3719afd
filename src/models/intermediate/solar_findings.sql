-- Where an array makes far less than it should, or makes something at night. What it should make of a day is its usual share of what the council's other arrays make for each kW (of a
-- single array nothing is said but that it has been at zero for a week), so that a cloudy week is no fault.
-- grain: kind, asset_id
with
-- Days at zero are doubted and not counted, and that is what an array that is out looks like.
zero_days as (
  select meter_point_id, settlement_date
  from intermediate.doubted_days
  where channel = 'generation' and kind = 'zeros'
),

days as (
  select
    d.asset_id, a.site_id, d.settlement_date, if(z.meter_point_id is null, d.generation_kwh / a.capacity_kw, 0)::decimal(18, 8) as yield, a.capacity_kw
  from intermediate.generation_days d
  join council.generation_assets a using (asset_id)
  left join zero_days z on z.meter_point_id = a.generation_meter_id and z.settlement_date = d.settlement_date
  where d.settlement_date > getvariable('as_of') - 430
    and (z.meter_point_id is not null or d.present_half_hours >= threshold('speaks') * d.expected_half_hours)
),

others as (
  select d.asset_id, d.settlement_date, median(o.yield)::decimal(18, 8) as yield, count(*) as arrays
  from days d
  join days o on o.settlement_date = d.settlement_date and o.asset_id <> d.asset_id and o.yield > 0.02
  group by d.asset_id, d.settlement_date
),

usual as (
  select d.asset_id, sum(d.yield)::double / nullif(sum(o.yield), 0)::double as share, count(*) as days
  from days d
  join others o using (asset_id, settlement_date)
  where is_of_signature(d.settlement_date)
  group by d.asset_id
),

expected as (
  select d.*, round(o.yield * u.share, 8)::decimal(18, 8) as expected_yield
  from days d
  join others o using (asset_id, settlement_date)
  join usual u using (asset_id)
  where u.days >= 90 and u.share > 0
),

newest as (
  select
    asset_id, any_value(site_id) as site_id, any_value(capacity_kw) as capacity_kw,
    sum(yield) filter (settlement_date > getvariable('as_of') - 7)::double / nullif(sum(expected_yield) filter (settlement_date > getvariable('as_of') - 7), 0)::double as week_share,
    sum(yield) filter (settlement_date > getvariable('as_of') - 28)::double / nullif(sum(expected_yield) filter (settlement_date > getvariable('as_of') - 28), 0)::double as month_share,
    count(*) filter (settlement_date > getvariable('as_of') - 7) as week_days,
    count(*) filter (settlement_date > getvariable('as_of') - 28) as month_days,
    sum(expected_yield) filter (settlement_date > getvariable('as_of') - 365)::double as year_yield
  from expected
  group by asset_id
),

judged as (
  select
    *,
    week_days >= 5 and week_share < threshold('solar_outage') as is_out,
    month_days >= 20 and month_share < threshold('solar_weak') and week_share < threshold('solar_weak') as is_weak
  from newest
),

-- The last day on which it made what it should.
last_good as (
  select asset_id, max(settlement_date) as settlement_date
  from expected
  where yield > 0.5 * expected_yield
  group by asset_id
),

-- An array of which the others say nothing, with a week at zero after days that were not.
alone as (
  select
    asset_id, site_id, max(settlement_date) filter (yield > 0.001) as last_made,
    sum((yield * capacity_kw)::decimal(18, 4)) filter (settlement_date > getvariable('as_of') - 365)::double as year_kwh
  from days
  where asset_id not in (select asset_id from newest where week_share is not null)
  group by asset_id, site_id
  having count(*) filter (settlement_date > getvariable('as_of') - 7) >= 5 and max(settlement_date) filter (yield > 0.001) <= getvariable('as_of') - 7
)

select
  if(n.is_out, 'solar array out', 'solar array weak') as kind,
  n.asset_id, n.site_id, coalesce(g.settlement_date + 1, getvariable('as_of') - 28)::date as since,
  if(n.is_out, n.week_share, n.month_share) as share_of_usual,
  n.year_yield * n.capacity_kw * (1 - if(n.is_out, n.week_share, n.month_share)) as kwh_a_year
from judged n
left join last_good g using (asset_id)
where n.is_out or n.is_weak
union all
select 'solar array out', asset_id, site_id, (last_made + 1)::date, 0, year_kwh
from alone
union all
select
  'solar at night', a.asset_id, a.site_id, min(h.settlement_date), null, null
from intermediate.current_meter_days h
join council.generation_assets a on a.generation_meter_id = h.meter_point_id
join ops.settlement_days d using (settlement_date)
join intermediate.day_parts p on p.day_kind = d.day_kind and p.part = 'night'
where h.channel = 'generation' and h.settlement_date > getvariable('as_of') - 28
  and array_inner_product(h.kwh, p.is_in) > 0.01 * a.capacity_kw
group by a.asset_id, a.site_id
having count(*) >= 5
