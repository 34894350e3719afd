-- Buildings of a kind, of all councils together, over the year to each one's own day: how many, and what the one in the middle uses for each square metre, of those of
-- which enough is read. Kinds of which there are too few to be shown are put together; where those are still too few they are not shown.
-- grain: site_kind
with
buildings as (
  select
    council, site_kind, tm46_rating,
    case when tm46_rating is not null and coalesce(electricity_kwh_per_m2, gas_kwh_per_m2) is not null
      then coalesce(electricity_kwh_per_m2, 0) + coalesce(gas_kwh_per_m2, 0) end as kwh_per_m2
  from lake.site_ratings
  where site_kind is not null
),

sizes as (
  select site_kind, count(*) filter (kwh_per_m2 is not null) >= threshold('least_in_rollup') as is_shown
  from buildings
  group by site_kind
),

shown as (
  select b.* exclude (site_kind), if(s.is_shown, b.site_kind, 'other kinds') as site_kind
  from buildings b
  join sizes s using (site_kind)
)

select
  b.site_kind,
  count(*)::integer as buildings,
  count(distinct b.council)::integer as councils,
  count(b.kwh_per_m2)::integer as read_buildings,
  round(quantile_cont(b.kwh_per_m2, 0.25), 1) as lower_kwh_per_m2,
  round(median(b.kwh_per_m2), 1) as middle_kwh_per_m2,
  round(quantile_cont(b.kwh_per_m2, 0.75), 1) as upper_kwh_per_m2,
  round(median(b.tm46_rating), 1) as middle_tm46_rating
from shown b
group by b.site_kind
having count(b.kwh_per_m2) >= threshold('least_in_rollup')
order by b.site_kind = 'other kinds', b.site_kind
