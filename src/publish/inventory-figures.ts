import {boroughBySector} from "../figures/borough-by-sector/borough-by-sector.ts";
import {emissionsByScope} from "../figures/emissions-by-scope/emissions-by-scope.ts";
import {emissionsBySource, type SourceYear} from "../figures/emissions-by-source/emissions-by-source.ts";
import {type FleetFuelYear, fleetFuel} from "../figures/fleet-fuel/fleet-fuel.ts";
import type {Figure, FigureOptions} from "../figures/kit/figure.ts";
import {type GenerationMonth, generation} from "../figures/solar-generation/solar-generation.ts";
import {trajectory} from "../figures/trajectory/trajectory.ts";
import type {BoroughEmissions} from "../models/marts/borough_emissions.ts";
import type {Trajectory} from "../models/marts/trajectories.ts";
import type {Connection} from "../warehouse/connection.ts";
import {emissionsBySourceRows, fleetFuelRows, solarGenerationRows} from "./figure-rows.ts";

export interface InventoryOptions extends FigureOptions {
  /** The borough whose national statistics are drawn; null draws none. */
  readonly onsCode: string | null;
  /** The last month that figures of part years speak of: `Oct 2026`. */
  readonly asOfMonth: string;
}

const byScope = `
  select
    reporting_year, 'all' as emission_source, scope,
    sum(emissions_t_co2e::decimal(18, 6))::double as emissions_t_co2e,
    bool_or(is_provisional) as is_provisional,
    true as is_whole_year
  from marts.emissions_by_source
  where is_whole_year
  group by reporting_year, scope
  order by reporting_year, scope`;

/** The statistic of the borough that tells most sectors apart, in its newest release. */
const boroughSectors = `
  with sectors as (
    select statistic, release, count(distinct sector) as sectors
    from marts.borough_emissions
    where area_code = $1 and is_newest_release
    group by statistic, release
  )
  select * exclude (sectors)
  from marts.borough_emissions
  join (select * from sectors order by sectors desc, statistic limit 1) using (statistic, release)
  where area_code = $1
  order by year, sector`;

/** The figures of the inventory and, where there is anything of them, of the fleet, the council's own generation and the borough. */
export async function inventoryFigures(connection: Connection, options: InventoryOptions): Promise<Figure[]> {
  const borough =
    options.onsCode === null ? [] : await connection.rows<BoroughEmissions>(boroughSectors, [options.onsCode]);
  const fuel = await connection.rows<FleetFuelYear>(fleetFuelRows);
  const months = await connection.rows<GenerationMonth>(solarGenerationRows);
  const ways = await connection.rows<Trajectory>("select * from marts.trajectories order by target_id, pathway, year");
  const area = borough[0]?.area_name;
  const targets = [...new Set(ways.map(({target_id}) => target_id))].sort(
    (a, b) => orderOf(a, ways) - orderOf(b, ways)
  );
  return [
    ...targets.map(target =>
      trajectory(
        ways.filter(({target_id}) => target_id === target),
        {...options, ...(area === undefined ? {} : {area})}
      )
    ),
    emissionsBySource(await connection.rows<SourceYear>(emissionsBySourceRows), options),
    emissionsByScope(await connection.rows<SourceYear>(byScope), options),
    ...(fuel.length === 0 ? [] : [fleetFuel(fuel, {...options, asOf: options.asOfMonth})]),
    ...(months.length === 0 ? [] : [generation(months, options)]),
    ...(borough.length === 0 ? [] : [boroughBySector(borough, options)])
  ];
}

/** Own operations come before the area. */
const orderOf = (target: string, ways: readonly Trajectory[]) =>
  ways.some(({target_id, boundary}) => target_id === target && boundary === "own operations") ? 0 : 1;
