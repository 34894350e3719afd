/** The rows of each figure of the inventory, summed here so that whoever draws them adds nothing up. */

/** The largest sources of the last whole year stand by name, the rest as `other`; whole years alone. */
export const emissionsBySourceRows = `
  with
  years as (select * from marts.emissions_by_source where scope in ('1', '2') and is_whole_year),
  largest as (
    select emission_source
    from years
    where reporting_year = (select max(reporting_year) from years)
    group by emission_source
    having sum(emissions_t_co2e) > 0
    order by sum(emissions_t_co2e) desc, emission_source
    limit 4
  ),
  folded as (
    select y.* replace (case when l.emission_source is null then 'other' else y.emission_source end as emission_source)
    from years y
    left join largest l using (emission_source)
  )
  select
    reporting_year, emission_source,
    min(scope) as scope,
    sum(emissions_t_co2e::decimal(18, 6))::double as emissions_t_co2e,
    bool_or(is_provisional) as is_provisional,
    true as is_whole_year
  from folded
  group by reporting_year, emission_source
  having sum(emissions_t_co2e) > 0
  order by reporting_year, emission_source`;

export const fleetFuelRows = `
  select
    reporting_year, activity,
    sum(quantity::decimal(18, 4))::double as quantity,
    make_date(reporting_year + 1, 3, 31) <= (select as_of from main.build) as is_whole_year
  from marts.fleet_activity
  group by reporting_year, activity
  having sum(quantity) > 0
  order by reporting_year, activity`;

export const solarGenerationRows = `
  select
    month,
    sum(generation_kwh::decimal(18, 4))::double as generation_kwh,
    sum(self_consumption_kwh::decimal(18, 4))::double as self_consumption_kwh,
    sum(export_kwh::decimal(18, 4))::double as export_kwh,
    coalesce(sum(generation_kwh::decimal(18, 4)) filter (export_kwh is null), 0)::double as unmetered_kwh,
    sum(expected_half_hours)::integer as expected_half_hours,
    sum(present_half_hours)::integer as present_half_hours
  from marts.renewable_generation
  group by month
  having sum(present_half_hours) > 0
  order by month`;

/** The boundary is one of two fixed words, never a user's. */
export const trajectoryRows = (boundary: "own operations" | "area-wide") => `
  select * from marts.trajectories where boundary = '${boundary}' order by target_id, pathway, year`;

const newestMonths = `
  select *
  from marts.data_coverage
  where expected_half_hours > 0
    and month > (select max(month) from marts.data_coverage where expected_half_hours > 0) - interval 24 months`;

/** The newest 24 months: what the figure of coverage shows. */
export const dataCoverageRows = `${newestMonths} order by meter_point_id, month`;

/** The same months, a row a meter, the most missing first. */
export const meterRows = `
  select
    any_value(site_name) as site_name, energy, meter_point_id,
    sum(expected_half_hours)::integer as expected_half_hours,
    sum(present_half_hours)::integer as present_half_hours,
    sum(estimated_half_hours)::integer as estimated_half_hours,
    sum(missing_half_hours)::integer as missing_half_hours,
    sum(repeated_hour_half_hours)::integer as repeated_hour_half_hours
  from (${newestMonths})
  group by energy, meter_point_id
  order by sum(missing_half_hours - repeated_hour_half_hours) desc, estimated_half_hours desc, site_name, meter_point_id`;
