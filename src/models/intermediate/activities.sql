-- Activity data of own operations from the base year on: what is read by month, and the council's annual returns, which have no month. Where a return
-- stands for a source and activity in a year, readings of it are not added.
-- grain: site_id, activity, emission_source, reporting_year, month
with
returned as (
  select
    reporting_year, null::varchar as site_id, null::varchar as site_name, null::varchar as site_kind,
    activity, emission_source, unit, null::date as month, quantity,
    0 as estimated_quantity, 'annual return' as activity_data
  from council.annual_returns
  where used_for = 'inventory' and has_ended(reporting_year)
)

select * from intermediate.monthly_activities anti join returned using (reporting_year, emission_source, activity)
where reporting_year >= getvariable('base_year')
union all
select * from returned
where reporting_year >= getvariable('base_year')
