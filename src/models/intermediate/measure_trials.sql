-- The kind of signature that each baseline has, with open and shut days apart or not: the one that does better on days it was not fitted to, of those that speak of all.
-- grain: measure_id, energy
with tried as (
  select
    measure_id, energy, is_parted,
    count(*)::integer as days,
    sqrt(sum((error_kw::decimal(24, 6) * error_kw)::decimal(38, 12))::double / count(*)) / nullif(sum(kw)::double / count(*), 0) as cv_rmse,
    sum(error_kw)::double / nullif(sum(kw)::double, 0) as bias
  from intermediate.measure_tries
  group by measure_id, energy, is_parted
)

select *
from tried
qualify row_number() over (partition by measure_id, energy order by days desc, round(cv_rmse, 9), is_parted) = 1
