-- What each array made for each kW of its capacity, by month, set against its area's yield in the same half-hours, its own usual share of that, and the clear days that it had in the
-- same month of earlier years. A month of which too few half-hours are known shows none of them.
-- grain: asset_id, month
-- check: known_half_hours <= expected_half_hours
with
months as (
  select asset_id, date_trunc('month', settlement_date)::date as month, sum(expected_half_hours) as expected_half_hours, sum(self_consumption_kwh)::double as own_kwh,
    sum(generation_kwh) filter (matched_half_hours > 0)::double as matched_kwh, sum(matched_half_hours) as matched_half_hours
  from intermediate.generation_days
  group by all
),

sums as (
  select
    asset_id, date_trunc('month', settlement_date)::date as month, any_value(area) as area,
    least(sum(known_half_hours) filter (not is_at_zero), sum(expected_half_hours)) as known_half_hours,
    count(*) filter (is_at_zero) as days_at_zero,
    sum(kwh_per_kwp) filter (not is_at_zero) as kwh_per_kwp,
    sum(kwh_per_kwp) filter (not is_at_zero and area_kwh_per_kwp is not null) as compared_kwh_per_kwp,
    sum(area_kwh_per_kwp) filter (not is_at_zero) as area_kwh_per_kwp,
    coalesce(sum(known_half_hours) filter (not is_at_zero and area_kwh_per_kwp is not null), 0) as compared_half_hours,
    if(count(*) filter (is_read and not is_at_zero) >= 20, quantile_cont(kwh_per_kwp, 0.9) filter (is_read and not is_at_zero), null)::double as clear_day
  from intermediate.yield_days
  group by all
),

-- Clear days of the same month in the years before it: of at least twenty days.
clear_days as (
  select s.asset_id, s.month, quantile_cont(d.kwh_per_kwp, 0.9)::double as usual_clear_day
  from sums s
  join intermediate.yield_days d
    on d.asset_id = s.asset_id and month(d.settlement_date) = month(s.month) and d.settlement_date < s.month and d.is_read and not d.is_at_zero
  group by s.asset_id, s.month
  having count(*) >= 20
),

shown as (
  select
    m.month, m.asset_id, s.area, m.expected_half_hours, coalesce(s.known_half_hours, 0) as known_half_hours, coalesce(s.days_at_zero, 0) as days_at_zero,
    coalesce(s.known_half_hours, 0) >= threshold('whole_month') * m.expected_half_hours as is_whole,
    coalesce(s.compared_half_hours, 0) >= threshold('whole_month') * m.expected_half_hours and s.area_kwh_per_kwp > 0 as is_compared,
    s.kwh_per_kwp::double as kwh_per_kwp, s.area_kwh_per_kwp::double as area_kwh_per_kwp,
    (s.compared_kwh_per_kwp / s.area_kwh_per_kwp)::double as relative_yield,
    if(m.matched_half_hours >= threshold('whole_month') * m.expected_half_hours and m.matched_kwh > 0, m.own_kwh / m.matched_kwh, null) as self_consumption_share,
    s.clear_day, c.usual_clear_day
  from months m
  left join sums s using (asset_id, month)
  left join clear_days c using (asset_id, month)
),

-- What is usual is the middle of its months of the year before, so that a few months of a fault do not become usual.
usual as (
  select
    *,
    if(count(relative_yield) filter (is_compared) over year_before >= 6, median(relative_yield) filter (is_compared) over year_before, null) as usual_relative_yield
  from shown
  window year_before as (partition by asset_id order by month range between interval 12 months preceding and interval 1 month preceding)
)

select
  u.month::timestamp_ms as month, reporting_year_of(u.month) as reporting_year,
  u.asset_id, a.site_id, s.site_name, a.capacity_kw::double as capacity_kw, u.area,
  u.expected_half_hours::integer as expected_half_hours, u.known_half_hours::integer as known_half_hours, u.days_at_zero::integer as days_at_zero,
  if(u.is_whole, u.kwh_per_kwp, null) as kwh_per_kwp,
  if(u.is_compared, u.area_kwh_per_kwp, null) as area_kwh_per_kwp,
  if(u.is_compared, u.relative_yield, null) as relative_yield,
  if(u.is_compared, u.usual_relative_yield, null) as usual_relative_yield,
  if(u.is_compared, u.area_kwh_per_kwp * coalesce(u.usual_relative_yield, 1), null) as expected_kwh_per_kwp,
  if(u.is_compared, u.relative_yield < threshold('solar_month_low') * coalesce(u.usual_relative_yield, 1), null) as is_low,
  u.self_consumption_share::double as self_consumption_share,
  if(u.is_whole, u.clear_day, null) as clear_day_kwh_per_kwp,
  if(u.is_whole, u.usual_clear_day, null) as usual_clear_day_kwh_per_kwp
from usual u
join council.generation_assets a using (asset_id)
join council.sites s using (site_id)
order by u.asset_id, u.month
