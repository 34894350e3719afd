-- How each signature of the whole day does on days that it was not fitted to: with the difference between open and shut days, and without.
-- grain: site_id, energy, is_parted
with
tried as (
  select
    d.site_id, d.energy, d.settlement_date, f.opening <> 'any' as is_parted, d.kw,
    round(d.kw::double - signature_at(d.degrees::double, f.base, f.heating_point, f.heating_slope, f.cooling_point, f.cooling_slope), 6)::decimal(18, 6) as error_kw
  from intermediate.part_days d
  join intermediate.signature_fits f
    on f.site_id = d.site_id and f.energy = d.energy and f.part = d.part
    and f.opening in ('any', d.opening) and f.left_out = quarter_of_weeks(d.settlement_date)
  where d.part = 'day' and is_of_signature(d.settlement_date)
    and d.degrees is not null
),

followed as (
  select *, lag(error_kw) over (partition by site_id, energy, is_parted order by settlement_date) as error_before_kw
  from tried
)

select
  site_id, energy, is_parted,
  count(*)::integer as days,
  sqrt(sum((error_kw::decimal(18, 4) * error_kw::decimal(18, 4))::decimal(38, 8))::double / count(*)) / nullif(avg(kw), 0) as cv_rmse,
  sum(error_kw)::double / nullif(sum(kw)::double, 0) as bias,
  sum((error_kw::decimal(18, 4) * error_before_kw::decimal(18, 4))::decimal(38, 8))::double / nullif(sum((error_kw::decimal(18, 4) * error_kw::decimal(18, 4))::decimal(38, 8))::double, 0) as autocorrelation
from followed
group by site_id, energy, is_parted
