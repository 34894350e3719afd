-- How each site with opening hours stands on each day, from the first that is held: open, or why not, and the half-hours of the wall clock in which it is open
-- (0 and 0 where it is shut all day) or lent. A bank holiday shuts a site that does not usually open on Sundays; those of Scotland and Northern
-- Ireland are not held, and a council there has none. Rows of calendar.csv come before both: the most
-- particular (a site, its kind, all), and among equals closed, holiday, open. Community use is besides the hours, and not on a bank holiday or a closed day. Of
-- several times of one kind on a day, this is from the first to the last.
-- grain: site_id, settlement_date
-- check: opens_half_hour < closes_half_hour or (opens_half_hour = 0 and closes_half_hour = 0)
-- check: community_from is null or community_from < community_to
with
days as (
  select settlement_date, isodow(settlement_date) as weekday
  from ops.settlement_days
  where settlement_date between (select min(settlement_date) from intermediate.current_meter_days) and getvariable('as_of')
),

usual_days as (
  select
    h.site_id, d.settlement_date, h.opens_half_hour, h.closes_half_hour,
    b.holiday_on is not null and s.closes_half_hour = 0 as is_bank_holiday
  from council.site_hours h
  join days d using (weekday)
  join council.site_hours s on s.site_id = h.site_id and s.weekday = 7
  left join (select distinct holiday_on from reference.bank_holidays where coalesce(getvariable('area_code')[1], 'E') in ('E', 'W')) b on b.holiday_on = d.settlement_date
),

calendar_days as (
  select c.applies_to, c.what, d.settlement_date, min(c.opens_at) as opens_at, max(c.closes_at) as closes_at
  from council.calendar c
  join days d on d.settlement_date between c.first_day and c.last_day and (c.days is null or (c.days >> (d.weekday - 1)) & 1 = 1)
  group by c.applies_to, c.what, d.settlement_date
),

places as (
  select site_id, unnest([site_id, kind, 'all']) as applies_to, unnest([0, 1, 2]) as rank
  from council.sites
  semi join council.site_hours using (site_id)
),

changed_days as (
  select
    p.site_id, c.settlement_date,
    arg_min({'what': c.what, 'opens_at': coalesce(c.opens_at, 0), 'closes_at': coalesce(c.closes_at, 0)}, 3 * p.rank + list_position(['closed', 'holiday', 'open'], c.what))
      filter (c.what <> 'community use') as hours,
    arg_min({'opens_at': c.opens_at, 'closes_at': c.closes_at}, p.rank) filter (c.what = 'community use') as community
  from calendar_days c
  join places p using (applies_to)
  group by p.site_id, c.settlement_date
)

select
  u.site_id, u.settlement_date,
  case
    when c.hours is not null then c.hours.what
    when u.is_bank_holiday then 'bank holiday'
    when u.closes_half_hour = 0 then 'weekend'
    else 'open'
  end as day_class,
  case when c.hours is not null then c.hours.opens_at when u.is_bank_holiday then 0 else u.opens_half_hour end::integer as opens_half_hour,
  case when c.hours is not null then c.hours.closes_at when u.is_bank_holiday then 0 else u.closes_half_hour end::integer as closes_half_hour,
  case when day_class not in ('closed', 'bank holiday') then c.community.opens_at end as community_from,
  case when day_class not in ('closed', 'bank holiday') then c.community.closes_at end as community_to
from usual_days u
left join changed_days c using (site_id, settlement_date)
