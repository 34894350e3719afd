-- Each activity times each line of its factor: location-based, every gas apart, outside of scopes with carbon dioxide alone; and what was made and
-- used on site as a line at zero. Never a neighbour's year: an activity that its set has no factor for breaks the check, which names it. Where the whole set
-- is not yet published, one line says so: it has the quantity and neither scope nor emissions.
-- grain: site_id, emission_source, activity, reporting_year, month, scope, line, factor_set
-- check: line is not null
select
  a.site_id, a.site_name, a.site_kind, a.emission_source, a.activity, a.unit, a.activity_data, a.month, a.reporting_year,
  (a.quantity * y.share)::decimal(18, 6) as quantity,
  (a.estimated_quantity * y.share)::decimal(18, 6) as estimated_quantity,
  f.scope, f.lifecycle_stage, if(not y.is_published, 'factors not yet published', f.line) as line, y.factor_set, f.gwp_basis,
  coalesce(f.confirmation = 'provisional' or f.stand_in is not null, false) as is_provisional,
  (a.quantity * y.share * f.kg_co2e_per_unit / 1000)::decimal(18, 6) as emissions_t_co2e,
  (a.quantity * y.share * f.kg_co2_per_unit / 1000)::decimal(18, 6) as emissions_t_co2,
  (a.quantity * y.share * f.kg_ch4_co2e_per_unit / 1000)::decimal(18, 6) as emissions_ch4_t_co2e,
  (a.quantity * y.share * f.kg_n2o_co2e_per_unit / 1000)::decimal(18, 6) as emissions_n2o_t_co2e
from intermediate.activities a
left join intermediate.factor_years y using (reporting_year)
left join reference.emission_factors f on f.activity = a.activity and f.unit = a.unit and f.factor_set = y.factor_set
union all
select
  a.site_id, s.site_name, s.kind, 'own generation', a.technology, 'kWh', 'half-hourly reads',
  date_trunc('month', d.settlement_date)::date,
  reporting_year_of(d.settlement_date),
  sum(d.self_consumption_kwh)::decimal(18, 6), 0::decimal(18, 6), '2', 'generation', 'used_on_site', null, null, false, 0, 0, 0, 0
from intermediate.generation_days d
join council.generation_assets a using (asset_id)
join council.sites s using (site_id)
where d.self_consumption_kwh is not null and reporting_year_of(d.settlement_date) >= getvariable('base_year')
group by a.site_id, s.site_name, s.kind, a.technology, date_trunc('month', d.settlement_date), reporting_year_of(d.settlement_date)
