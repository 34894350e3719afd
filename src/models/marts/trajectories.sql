-- What was emitted, what each pathway requires and the gap between them, by target and year. Required begins with the base year and ends with the target year.
-- A year that is over and not whole is at least so much: where enough is held to speak and that alone is more than required, it is surely above.
-- A target of own operations stands here before any year of it is known, and without a path where its base year is not.
-- grain: target_id, pathway, year
-- check: gap_t is null or abs(gap_t - (actual_t - required_t)) < 0.0001
with
bases as (
  select
    t.*,
    coalesce(t.base_t, (select s.actual_t from intermediate.target_series s where s.target_id = t.target_id and s.year = t.base_year)) as from_t,
    coalesce(t.annual_rate, constant_rate(t.residual_share, t.base_year, t.target_year)) as rate,
    (select min(s.year) from intermediate.target_series s where s.target_id = t.target_id) as first_year,
    coalesce(
      (select any_value(s.series) from intermediate.target_series s where s.target_id = t.target_id),
      'scopes ' || array_to_string(t.scopes, ', ') || ', location-based'
    ) as series,
    coalesce((select any_value(s.gases) from intermediate.target_series s where s.target_id = t.target_id), 'CO2e') as gases,
    (select any_value(s.why_not_measure_of_target) from intermediate.target_series s where s.target_id = t.target_id) as why_not
  from council.targets t
  where t.boundary = 'own operations' or exists (from intermediate.target_series s where s.target_id = t.target_id)
),

years as (
  select b.*, y::integer as year
  from bases b, range(1990, 2101) as span(y)
  where y between least(coalesce(b.first_year, b.base_year), b.base_year) and b.target_year
),

required as (
  select *, 'linear' as pathway, linear_t(from_t, residual_share, base_year, target_year, year) as required_t
  from years
  union all
  select *, 'constant percentage', constant_percentage_t(from_t, rate, base_year, target_year, year)
  from years
)

select
  r.target_id, r.boundary, r.name as target_name, r.pathway, r.series, r.gases, r.year, r.base_year, r.target_year,
  case when r.pathway = 'linear' or r.annual_rate is null then r.residual_share else power(1 - r.rate, r.target_year - r.base_year) end as residual_share,
  s.actual_t, s.at_least_t, s.constant_factor_t, s.constant_factor_set,
  r.required_t,
  s.actual_t - r.required_t as gap_t,
  coalesce(s.at_least_t > r.required_t and s.held_share >= threshold('speaks'), false) as is_surely_above,
  coalesce(s.is_provisional, false) as is_provisional,
  s.factor_breaks,
  r.unconfirmed is null as is_confirmed,
  r.unconfirmed,
  r.why_not as why_not_measure_of_target
from required r
left join intermediate.target_series s using (target_id, year)
order by r.target_id, r.pathway, r.year
