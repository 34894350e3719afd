/**
 * Questions that a programme asks of its lake, in the SQL that its own engine understands too: nothing in them is of one engine alone. `{TABLE}` is the table as the engine
 * reads it from the files, with the columns `council` and `edition` of their folders.
 */
export const goldenQuestions: readonly {readonly asks: string; readonly sql: string}[] = [
  {
    asks: "How many councils are in the lake, and how many editions?",
    sql: "select count(distinct council), count(distinct concat(council, edition)) from {reporting_years}"
  },
  {
    asks: "What did each council emit in each reporting year, and is the year whole?",
    sql: "select council, reporting_year, scope_1_and_2_t_co2e, is_whole_year from {reporting_years} order by council, edition, reporting_year"
  },
  {
    asks: "What do the whole years come to, by year?",
    sql: "select reporting_year, count(*), sum(scope_1_and_2_t_co2e) from {reporting_years} where is_whole_year group by reporting_year order by reporting_year"
  },
  {
    asks: "What is held at the least of the years that are not whole?",
    sql: "select reporting_year, count(*), sum(scope_1_and_2_t_co2e) from {reporting_years} where not is_whole_year and scope_1_and_2_t_co2e is not null group by reporting_year order by reporting_year"
  },
  {
    asks: "By source and scope?",
    sql: "select emission_source, scope, count(distinct council), sum(emissions_t_co2e) from {emissions_by_source} group by emission_source, scope order by emission_source, scope"
  },
  {
    asks: "Which source is the largest of each council in its last year?",
    sql: `select council, reporting_year, emission_source, t from (
        select council, reporting_year, emission_source, sum(emissions_t_co2e) as t,
          row_number() over (partition by council order by reporting_year desc, sum(emissions_t_co2e) desc, emission_source) as place
        from {emissions_by_source} where scope in ('1', '2') group by council, reporting_year, emission_source
      ) ranked where place = 1 order by council`
  },
  {
    asks: "How complete is each source?",
    sql: "select emission_source, sum(held_t_co2e) / sum(expected_t_co2e), sum(unknowns) from {source_completeness} where expected_t_co2e > 0 group by emission_source order by emission_source"
  },
  {
    asks: "Which months are missing most?",
    sql: "select council, reporting_year, emission_source, sum(things), sum(missing_t_co2e) from {missing_by_source} group by council, reporting_year, emission_source order by council, reporting_year, emission_source"
  },
  {
    asks: "How many half-hours are held of those that should be, by council?",
    sql: "select council, sum(present_half_hours), sum(expected_half_hours) from {site_energy_monthly} group by council order by council"
  },
  {
    asks: "How much energy by month?",
    sql: "select cast(month as date) as m, energy, count(*), sum(consumption_kwh) from {site_energy_monthly} group by m, energy order by m, energy"
  },
  {
    asks: "How much of what is used while buildings are shut, by council?",
    sql: "select council, sum(closed_kwh) / sum(half_hourly_kwh) from {site_energy_monthly} where closed_kwh is not null and half_hourly_kwh > 0 group by council order by council"
  },
  {
    asks: "On which day of all was the most used?",
    sql: "select council, cast(settlement_date as date) as d, sum(consumption_kwh) as kwh from {site_energy_daily} group by council, d order by kwh desc, council, d limit 5"
  },
  {
    asks: "How many buildings of a kind, and their mean of each square metre?",
    sql: "select site_kind, count(*), avg(electricity_kwh_per_m2), min(electricity_kwh_per_m2), max(electricity_kwh_per_m2) from {site_ratings} where electricity_kwh_per_m2 is not null group by site_kind order by site_kind"
  },
  {
    asks: "How many buildings of each letter?",
    sql: "select coalesce(tm46_band, 'none') as band, count(*) from {site_ratings} group by band order by band"
  },
  {
    asks: "Which buildings use more than a typical one of their kind?",
    sql: "select council, site_id, electricity_kwh_per_m2 / typical_electricity_kwh_per_m2 as times from {site_ratings} where electricity_kwh_per_m2 > typical_electricity_kwh_per_m2 order by council, site_id"
  },
  {
    asks: "Which factor sets were used, by how many councils?",
    sql: "select factor_set, count(distinct council), sum(emissions_t_co2e) from {annual_emissions} where factor_set is not null and scope <> 'outside' group by factor_set order by factor_set"
  },
  {
    asks: "What is provisional?",
    sql: "select council, reporting_year, is_provisional, count(*) from {annual_emissions} group by council, reporting_year, is_provisional order by council, reporting_year, is_provisional"
  },
  {
    asks: "Upstream beside scopes 1 and 2?",
    sql: "select reporting_year, sum(case when scope in ('1', '2') then emissions_t_co2e else 0 end), sum(case when scope = '3' then emissions_t_co2e else 0 end) from {annual_emissions} where emissions_t_co2e is not null group by reporting_year order by reporting_year"
  },
  {
    asks: "Does what is added up by source come to the number of the year?",
    sql: `select y.council, y.reporting_year, y.scope_1_and_2_t_co2e - s.t as apart
      from {reporting_years} y
      join (select council, edition, reporting_year, sum(emissions_t_co2e) as t from {emissions_by_source} where scope in ('1', '2') group by council, edition, reporting_year) s
        on s.council = y.council and s.edition = y.edition and s.reporting_year = y.reporting_year
      order by y.council, y.reporting_year`
  },
  {
    asks: "How have the boroughs changed since the first year that is held?",
    sql: `select l.area_code, l.statistic, l.year, l.kt, f.year, f.kt
      from (select area_code, statistic, year, max(coalesce(emissions_kt_co2, emissions_kt_co2e)) as kt,
              row_number() over (partition by area_code, statistic order by year desc) as place
            from {borough_emissions} where is_all_sectors and is_newest_release group by area_code, statistic, year) l
      join (select area_code, statistic, year, max(coalesce(emissions_kt_co2, emissions_kt_co2e)) as kt,
              row_number() over (partition by area_code, statistic order by year) as place
            from {borough_emissions} where is_all_sectors and is_newest_release group by area_code, statistic, year) f
        on f.area_code = l.area_code and f.statistic = l.statistic and f.place = l.place
      where l.place = 1 order by l.area_code, l.statistic`
  }
];
