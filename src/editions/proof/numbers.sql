-- The numbers that an edition publishes, as they may stand in a sentence: of whom, of which year, set against which, in which unit. One row a number and reading of it.
with
years as (
  select *, label(reporting_year) as year_label
  from marts.reporting_years
),

totals as (
  select reporting_year, emission_source, sum(emissions_t_co2e) as t_co2e
  from marts.emissions_by_source
  where scope in ('1', '2')
  group by reporting_year, emission_source
),

by_source as (
  select t.*, y.scope_1_and_2_t_co2e, b.t_co2e as base_t_co2e, y.base_year
  from totals t
  join marts.reporting_years y using (reporting_year)
  left join totals b on b.reporting_year = y.base_year and b.emission_source = t.emission_source
),

own_path as (
  select *, required_t + gap_t as reached_t
  from marts.trajectories
  where boundary = 'own operations' and required_t is not null
),

borough as (
  select area_name, year, statistic_name, release, coalesce(emissions_kt_co2, emissions_kt_co2e) as kt
  from marts.borough_emissions
  where is_all_sectors and is_newest_release
),

generated as (
  select reporting_year, sum(generation_kwh) as kwh
  from marts.renewable_generation
  group by reporting_year
),

numbers as (
  select 'council' as of_kind, null as of_name, year_label, null as against_label, 't CO₂e' as unit, v.value, null as direction, v.says, 'reporting_years' as mart, year_label as row_key, v.column_name
  from years
  cross join lateral (
    values
      (scope_1_and_2_t_co2e, if(is_whole_year, 'scopes 1 and 2, whole year', 'scopes 1 and 2'), 'scope_1_and_2_t_co2e'),
      (scope_1_t_co2e, 'scope 1', 'scope_1_t_co2e'),
      (scope_2_t_co2e, 'scope 2', 'scope_2_t_co2e'),
      (scope_3_t_co2e, 'scope 3', 'scope_3_t_co2e'),
      (missing_t_co2e, 'missing', 'missing_t_co2e'),
      (at_factors_before_t_co2e, 'at the factors of the year before', 'at_factors_before_t_co2e'),
      (abs(factor_effect_t_co2e), 'the effect of new factors', 'factor_effect_t_co2e')
  ) v(value, says, column_name)
  union all
  select 'council', null, year_label, null, '%', 100 * held_share, null, 'of what is expected is held', 'reporting_years', year_label, 'held_share'
  from years
  union all
  select 'council', null, year_label, label(base_year), '%', abs(100 * change_since_base_share), if(change_since_base_share < 0, 'less', 'more'), 'since the base year', 'reporting_years', year_label, 'change_since_base_share'
  from years
  union all
  select
    'council', null, label(reporting_year), label(against_year), v.unit, abs(v.value), if(v.value < 0, 'less', 'more'), v.says,
    'comparisons', label(reporting_year) || ', ' || against, 't_co2e, before_t_co2e'
  from marts.comparisons
  cross join lateral (
    values
      ('%', 100 * (t_co2e / nullif(before_t_co2e, 0) - 1), 'than before'),
      ('t CO₂e', t_co2e - before_t_co2e, 'than before'),
      ('%', 100 * (t_co2e / nullif(before_at_same_factors_t_co2e, 0) - 1), 'than before at the same factors'),
      ('t CO₂e', t_co2e - before_at_same_factors_t_co2e, 'than before at the same factors')
  ) v(unit, value, says)
  where is_all and direction is not null
  union all
  select 'source', emission_source, label(reporting_year), null, 't CO₂e', t_co2e, null, 'scopes 1 and 2', 'emissions_by_source', label(reporting_year) || ', ' || emission_source, 'emissions_t_co2e'
  from by_source
  union all
  select 'source', emission_source, label(reporting_year), null, '%', 100 * t_co2e / nullif(scope_1_and_2_t_co2e, 0), null, 'of scopes 1 and 2', 'emissions_by_source', label(reporting_year) || ', ' || emission_source, 'emissions_t_co2e'
  from by_source
  union all
  select
    'source', emission_source, label(reporting_year), label(base_year), v.unit, abs(v.value), if(v.value < 0, 'less', 'more'), 'since the base year',
    'emissions_by_source', label(reporting_year) || ', ' || emission_source, 'emissions_t_co2e'
  from by_source
  cross join lateral (values ('%', 100 * (t_co2e / nullif(base_t_co2e, 0) - 1)), ('t CO₂e', t_co2e - base_t_co2e)) v(unit, value)
  where reporting_year > base_year
  union all
  select 'path', target_name, label(year), null, 't CO₂e', v.value, v.direction, v.says, 'trajectories', target_name || ', ' || pathway || ', ' || label(year), v.column_name
  from own_path
  cross join lateral (values (required_t, null, 'allowed by the path', 'required_t'), (abs(gap_t), if(gap_t > 0, 'above', 'below'), 'from the path', 'gap_t')) v(value, direction, says, column_name)
  union all
  select 'path', target_name, label(year), null, '%', abs(100 * gap_t / nullif(required_t, 0)), if(gap_t > 0, 'above', 'below'), 'from the path', 'trajectories', target_name || ', ' || pathway || ', ' || label(year), 'gap_t'
  from own_path
  union all
  select 'borough', area_name, year::varchar, null, 'kt CO₂e', kt, null, statistic_name, 'borough_emissions', area_name || ', ' || year || ', ' || release, 'emissions_kt'
  from borough
  union all
  select
    'borough', b.area_name, b.year::varchar, a.year::varchar, '%', abs(100 * (b.kt / nullif(a.kt, 0) - 1)), if(b.kt < a.kt, 'less', 'more'), b.statistic_name,
    'borough_emissions', b.area_name || ', ' || b.year || ', ' || b.release, 'emissions_kt'
  from borough b
  join borough a on a.area_name = b.area_name and a.statistic_name = b.statistic_name and a.release = b.release and a.year < b.year
  union all
  select 'site', f.site_name, null, null, v.unit, v.value, null, f.kind || v.says, 'findings', finding_id, v.column_name
  from marts.findings f
  cross join lateral (
    values
      ('£', gbp_a_year_low, '', 'gbp_a_year_low'), ('£', gbp_a_year_high, '', 'gbp_a_year_high'), ('£', gbp_a_year, '', 'gbp_a_year'),
      ('t CO₂e', t_co2e_a_year_low, '', 't_co2e_a_year_low'), ('t CO₂e', t_co2e_a_year_high, '', 't_co2e_a_year_high'),
      ('kWh', kwh_a_year, '', 'kwh_a_year'), ('kWh', kwh_so_far, ', so far', 'kwh_so_far'), ('kW', measured, '', 'measured')
  ) v(unit, value, says, column_name)
  union all
  select 'site', site_name, null, null, v.unit, v.value, null, energy || v.says, 'site_years', site_name || ', ' || energy, v.column_name
  from marts.site_years
  cross join lateral (
    values
      ('kWh', kwh, '', 'kwh'), ('kWh', import_kwh, '', 'import_kwh'), ('t CO₂e', t_co2e, '', 't_co2e'), ('£', avoidable_gbp, '', 'avoidable_gbp'),
      ('%', 100 * closed_share, ', while closed', 'closed_share'), ('kWh', kwh_before, '', 'kwh_before'), ('kW', base_load_kw, ', base load', 'base_load_kw')
  ) v(unit, value, says, column_name)
  union all
  select 'site', site_name, null, null, v.unit, v.value, null, what, 'savings', measure_id || ', ' || energy, v.column_name
  from marts.savings
  cross join lateral (
    values
      ('kWh', avoided_kwh, 'avoided_kwh'), ('kWh', avoided_kwh_low, 'avoided_kwh_low'), ('kWh', avoided_kwh_high, 'avoided_kwh_high'),
      ('kWh', year_kwh, 'year_kwh'), ('kWh', year_kwh_low, 'year_kwh_low'), ('kWh', year_kwh_high, 'year_kwh_high'),
      ('£', year_gbp, 'year_gbp'), ('£', year_gbp_low, 'year_gbp_low'), ('£', year_gbp_high, 'year_gbp_high'),
      ('t CO₂e', year_t_co2e, 'year_t_co2e'), ('t CO₂e', year_t_co2e_low, 'year_t_co2e_low'), ('t CO₂e', year_t_co2e_high, 'year_t_co2e_high'),
      ('%', 100 * avoided_share, 'avoided_share')
  ) v(unit, value, column_name)
  union all
  select 'generation', null, label(reporting_year), null, 'kWh', kwh, null, 'generated', 'renewable_generation', label(reporting_year), 'generation_kwh'
  from generated
)

select of_kind, of_name, year_label, against_label, unit, value::double as value, direction, says, mart, row_key, column_name
from numbers
where value is not null
order by all
