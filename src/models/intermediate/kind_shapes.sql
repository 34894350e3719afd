-- The share of a year that falls in each month for a kind of site and energy: the mean of the council's own meters that hold whole years, where there are three
-- of them; else even by day for electricity, and for gas and heat as degree days fall in central England.
-- grain: site_kind, energy, calendar_month
with
whole_meter_years as (
  select meter_point_id, site_id, energy, reporting_year
  from intermediate.meter_months
  group by all
  having count(*) = 12 and sum(held_half_hours) >= threshold('whole_meter_year') * sum(expected_half_hours) and sum(kwh) > 0
),

month_shares as (
  select
    s.kind as site_kind, m.energy, m.meter_point_id, month(m.month) as calendar_month,
    coalesce(m.kwh, 0) / sum(m.kwh) over (partition by m.meter_point_id, m.site_id, m.reporting_year) as share
  from intermediate.meter_months m
  semi join whole_meter_years using (meter_point_id, site_id, reporting_year)
  join council.sites s using (site_id)
),

own_shapes as (
  select site_kind, energy, calendar_month, avg(share::decimal(18, 12))::double as share
  from month_shares
  group by site_kind, energy, calendar_month
  having count(distinct meter_point_id) >= 3
),

kinds as (
  select distinct s.kind as site_kind, m.energy, h.calendar_month, h.days, h.heating_share
  from intermediate.meter_months m
  join council.sites s using (site_id)
  cross join reference.heating_shares h
)

select
  k.site_kind, k.energy, k.calendar_month,
  coalesce(o.share, if(k.energy = 'electricity', k.days / 365.25, k.heating_share))::double as share,
  o.share is not null as is_own
from kinds k
left join own_shapes o using (site_kind, energy, calendar_month)
