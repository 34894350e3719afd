-- The number of each reporting year, how complete it is, and what stands beside it: the base year, and the same activity at the factors of the set before.
-- A year whose factors are not all published has no totals: a part of it would look like a fall. Own generation is zero and makes no year by itself. A change
-- since the base year is that of two whole years alone; what else can be compared is in marts.comparisons.
-- grain: boundary, basis, reporting_year
-- check: scope_1_and_2_t_co2e is null or abs(scope_1_t_co2e + scope_2_t_co2e - scope_1_and_2_t_co2e) < 0.00001
with
lines as (
  select
    e.reporting_year, e.month, e.emission_source, e.activity, e.unit, e.line, e.scope, e.emissions_t_co2e, e.is_provisional, e.factor_set,
    (e.quantity * b.kg_co2e_per_unit / 1000)::decimal(18, 6) as at_factors_before_t_co2e
  from intermediate.emissions e
  left join reference.emission_factors b on b.factor_set = e.factor_set - 1 and b.activity = e.activity and b.unit = e.unit and b.line = e.line
  where e.scope is distinct from 'outside' and e.factor_set is not null
),

factored_lines as (
  select *
  from lines
  anti join (from intermediate.factor_years where not is_published) using (reporting_year)
),

totals as (
  select
    reporting_year,
    coalesce(sum(emissions_t_co2e) filter (scope in ('1', '2')), 0) as scope_1_and_2_t_co2e,
    coalesce(sum(emissions_t_co2e) filter (scope = '1'), 0) as scope_1_t_co2e,
    coalesce(sum(emissions_t_co2e) filter (scope = '2'), 0) as scope_2_t_co2e,
    coalesce(sum(emissions_t_co2e) filter (scope = '3'), 0) as scope_3_t_co2e,
    case when count(*) filter (scope in ('1', '2')) = count(at_factors_before_t_co2e) filter (scope in ('1', '2'))
      then sum(at_factors_before_t_co2e) filter (scope in ('1', '2')) end as at_factors_before_t_co2e
  from factored_lines
  group by reporting_year
),

years as (
  select
    reporting_year,
    count(distinct month)::integer as months,
    string_agg(distinct factor_set::varchar, ', ' order by factor_set::varchar) as factor_sets,
    bool_or(is_provisional) as is_provisional
  from lines
  group by reporting_year
),

breaks as (
  select l.reporting_year, string_agg(distinct c.activity || ' ' || c.line || ' ' || round(c.change_percent)::integer || '% in the ' || c.to_set || ' set', ', ') as factor_breaks
  from lines l
  join reference.factor_changes c on c.to_set = l.factor_set and c.activity = l.activity and c.unit = l.unit and c.line = l.line
  where l.scope in ('1', '2') and c.kind = 'method or lag'
  group by l.reporting_year
)

select
  'own operations' as boundary,
  'location' as basis,
  y.reporting_year,
  t.scope_1_and_2_t_co2e::double as scope_1_and_2_t_co2e,
  t.scope_1_t_co2e::double as scope_1_t_co2e,
  t.scope_2_t_co2e::double as scope_2_t_co2e,
  t.scope_3_t_co2e::double as scope_3_t_co2e,
  base.reporting_year as base_year,
  base.scope_1_and_2_t_co2e::double as base_year_t_co2e,
  case
    when c.is_whole and cb.is_whole then (t.scope_1_and_2_t_co2e - base.scope_1_and_2_t_co2e) / nullif(base.scope_1_and_2_t_co2e, 0)
  end::double as change_since_base_share,
  t.at_factors_before_t_co2e::double as at_factors_before_t_co2e,
  (t.scope_1_and_2_t_co2e - t.at_factors_before_t_co2e)::double as factor_effect_t_co2e,
  k.factor_breaks,
  y.months,
  y.factor_sets,
  y.is_provisional,
  c.expected_t_co2e::double as expected_t_co2e,
  c.held_t_co2e::double as held_t_co2e,
  c.missing_t_co2e::double as missing_t_co2e,
  c.held_share,
  c.sources_at_zero,
  has_ended(y.reporting_year) as has_ended,
  coalesce(c.is_whole, false) as is_whole_year,
  coalesce(u.meters, 0)::integer as unregistered_meters,
  u.t_co2e as unregistered_t_co2e
from years y
left join totals t using (reporting_year)
left join intermediate.year_completeness c using (reporting_year)
left join intermediate.year_completeness cb on cb.reporting_year = getvariable('base_year')
left join breaks k using (reporting_year)
left join intermediate.unregistered_years u using (reporting_year)
left join totals base on base.reporting_year = getvariable('base_year')
order by y.reporting_year
