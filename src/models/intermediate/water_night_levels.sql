-- How much water each site runs at night now, and whether that is a leak: on nearly all of the newest fourteen nights the flow never comes down to what is usual of the
-- site by more than a limit, by more than a share of that, and by more than its quiet nights differ. Usual is the tenth of the year before that is quietest, or, where that
-- is more, the middle of the same six weeks a year ago: so a leak shows for most of a year, and a pool that fills by night in its season does not. A site without so many
-- nights behind it is judged by the limit alone, but not one of a kind that draws water at night by its nature. It began where the sum of what goes beyond half the level was lowest.
-- grain: site_id
with
newest as (
  select
    site_id, count(*)::integer as nights, median(night_l_per_h)::decimal(18, 3) as night_l_per_h, stddev_pop(night_l_per_h::double) as strays_l_per_h
  from intermediate.site_water_nights
  where settlement_date > getvariable('as_of') - 14 and settlement_date <= getvariable('as_of')
  group by site_id
),

year_before as (
  select
    site_id, count(*)::integer as usual_nights, quantile_cont(night_l_per_h::double, 0.1) as quiet_l_per_h,
    -- Of a normal distribution the quarter and the twentieth are so many standard deviations apart, and the two quarters of year_ago.
    (quantile_cont(night_l_per_h::double, 0.25) - quantile_cont(night_l_per_h::double, 0.05)) / 0.97 as spread_l_per_h
  from intermediate.site_water_nights
  where settlement_date > getvariable('as_of') - 379 and settlement_date <= getvariable('as_of') - 14
  group by site_id
  having count(*) >= threshold('leak_usual_nights')
),

year_ago as (
  select
    site_id, median(night_l_per_h::double) as season_l_per_h,
    (quantile_cont(night_l_per_h::double, 0.75) - quantile_cont(night_l_per_h::double, 0.25)) / 1.35 as spread_l_per_h
  from intermediate.site_water_nights
  where settlement_date between getvariable('as_of') - 393 and getvariable('as_of') - 351
  group by site_id
  having count(*) >= threshold('leak_nights')
),

levels as (
  select
    n.site_id, n.nights, n.night_l_per_h, n.strays_l_per_h, y.usual_nights,
    greatest(y.quiet_l_per_h, a.season_l_per_h)::decimal(18, 3) as usual_l_per_h,
    (n.night_l_per_h - coalesce(usual_l_per_h, 0))::decimal(18, 3) as level_l_per_h,
    greatest(threshold('leak_l_per_h'), threshold('leak_share') * coalesce(usual_l_per_h, 0), threshold('finding_spread') * coalesce(a.spread_l_per_h, y.spread_l_per_h, 0)) as limit_l_per_h,
    y.site_id is null and s.kind in ('leisure-centre', 'sports-centre', 'care-home', 'depot', 'other') as is_unjudged
  from newest n
  join council.sites s using (site_id)
  left join year_before y using (site_id)
  left join year_ago a using (site_id)
),

nights as (
  select
    w.site_id, w.settlement_date, w.night_l_per_h > coalesce(l.usual_l_per_h, 0) + l.limit_l_per_h as is_above,
    sum((w.night_l_per_h - coalesce(l.usual_l_per_h, 0) - l.level_l_per_h / 2)::decimal(18, 3)) over so_far as beyond_half,
    lead(w.settlement_date) over nights as next_date
  from intermediate.site_water_nights w
  join levels l using (site_id)
  where w.settlement_date > getvariable('as_of') - 379 and w.settlement_date <= getvariable('as_of')
  window nights as (partition by w.site_id order by w.settlement_date), so_far as (nights rows unbounded preceding)
),

begun as (
  select
    site_id, if(min(beyond_half) < 0, arg_min(next_date, {'sum': beyond_half, 'day': settlement_date}), min(settlement_date)) as since,
    count(*) filter (is_above and settlement_date > getvariable('as_of') - 14)::integer as nights_above
  from nights
  group by site_id
)

select
  l.site_id, l.nights, l.night_l_per_h, l.usual_l_per_h, l.level_l_per_h, l.limit_l_per_h, l.strays_l_per_h, l.usual_nights, b.since,
  not l.is_unjudged and l.nights >= threshold('leak_nights') and b.nights_above >= threshold('leak_nights_above') * l.nights and l.level_l_per_h > l.limit_l_per_h as is_leak
from levels l
join begun b using (site_id)
