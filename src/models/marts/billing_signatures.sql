-- The energy signature of each meter that is known by reads or bills alone: its mean power over a period by the degrees that its days lacked, least squares weighted by days (CalTRACK 2.0,
-- billing method, superseded by OpenDSM; IPMVP Option C). Constant, heating or, of electricity, cooling: a dozen periods bear no more. The gate is how far each period strays from
-- the line through the others.
-- grain: meter_point_id
with
weather as (
  select p.meter_point_id, m.site_id, m.energy, p.first_date, p.last_date, p.days, p.kw::decimal(18, 6) as kw, d.mean_c
  from intermediate.billing_periods p
  join intermediate.meter_lives m on m.meter_point_id = p.meter_point_id and p.first_date between m.from_date and m.to_date
  join intermediate.site_stations s on s.site_id = m.site_id
  join intermediate.station_days d on d.station_id = s.station_id and d.settlement_date between p.first_date and p.last_date
  where d.mean_c is not null
),

points as (
  select 'heating' as purpose, point::decimal(9, 4) as point
  from range(0, 21) as points(point)
  union all
  select 'cooling', point::decimal(9, 4)
  from range(14, 25) as points(point)
  union all
  select 'constant', null
),

terms as (
  select
    w.meter_point_id, w.site_id, w.energy, w.first_date, w.last_date, w.days, w.kw, p.purpose, p.point,
    round(avg(case p.purpose when 'heating' then greatest(p.point - w.mean_c, 0) when 'cooling' then greatest(w.mean_c - p.point, 0) else 0 end), 4)::decimal(9, 4) as x
  from weather w
  cross join points p
  where p.purpose <> 'cooling' or w.energy = 'electricity'
  group by w.meter_point_id, w.site_id, w.energy, w.first_date, w.last_date, w.days, w.kw, p.purpose, p.point
  having count(w.mean_c) >= any_value(threshold('speaks')) * w.days
),

sums as (
  select
    meter_point_id, site_id, energy, purpose, point,
    count(*)::integer as periods, sum(days)::double as all_days, min(first_date) as from_date, max(last_date) as to_date,
    sum(days * x)::double as x_sum, sum(days * kw)::double as kw_sum,
    sum((days * x * x)::decimal(38, 8))::double as xx_sum, sum((days * x * kw)::decimal(38, 8))::double as xy_sum, sum((days * kw * kw)::decimal(38, 8))::double as yy_sum
  from terms
  group by meter_point_id, site_id, energy, purpose, point
),

about_means as (
  select
    *,
    kw_sum / all_days as kw_mean, x_sum / all_days as x_mean,
    greatest(xx_sum - x_sum * x_sum / all_days, 0) as xx, xy_sum - x_sum * kw_sum / all_days as xy, greatest(yy_sum - kw_sum * kw_sum / all_days, 0) as yy
  from sums
),

-- A balance point counts where twenty degree days a year stand beyond it; no coefficient is negative.
fits as (
  select
    *,
    if(purpose = 'constant', 0, xy / nullif(xx, 0)) as slope,
    kw_mean - slope * x_mean as base_kw,
    case
      when purpose = 'constant' or yy <= 0 or periods <= 2 then 0
      else round(1 - ((yy - slope * xy) / (periods - 2)) / (yy / (periods - 1)), 12)
    end as adjusted_r2
  from about_means
  where purpose = 'constant' or (xx > 1e-9 and x_mean >= 20 / 365)
),

best as (
  select *
  from fits
  where slope >= 0 and base_kw >= 0
  qualify row_number() over (partition by meter_point_id order by adjusted_r2 desc, purpose <> 'constant', purpose desc, point) = 1
),

-- How far each period is from the line through the others: its error, over what is left of its weight.
errors as (
  select
    b.meter_point_id, t.days,
    t.days / b.all_days + if(b.xx > 1e-9, t.days * power(t.x - b.x_mean, 2) / b.xx, 0) as leverage,
    round((t.kw - b.base_kw - b.slope * t.x) / greatest(1 - leverage, 1e-6), 6)::decimal(18, 6) as error_kw
  from best b
  join terms t on t.meter_point_id = b.meter_point_id and t.purpose = b.purpose and t.point is not distinct from b.point
),

tried as (
  select meter_point_id, sqrt(sum((days * error_kw * error_kw)::decimal(38, 12))::double / sum(days)) as error_kw
  from errors
  group by meter_point_id
),

gated as (
  select b.*, t.error_kw / nullif(b.kw_mean, 0) as cv_rmse
  from best b
  join tried t using (meter_point_id)
)

select
  g.meter_point_id, g.site_id, s.site_name, g.energy,
  g.purpose as shape, g.base_kw, g.point::double as point_c, g.slope as kw_per_degree, g.adjusted_r2, g.periods, g.all_days::integer as days,
  g.cv_rmse,
  case
    when g.all_days < threshold('signature_days') then 'fewer than ' || threshold('signature_days')::integer || ' days are known'
    when g.cv_rmse is null then 'nothing is used'
    when g.cv_rmse > threshold('billing_signature_cv') then 'its periods stray too far from it (CV(RMSE) ' || round(100 * g.cv_rmse) || '%)'
  end as failed,
  g.from_date::timestamp_ms as from_date, g.to_date::timestamp_ms as to_date
from gated g
join council.sites s using (site_id)
order by g.meter_point_id
