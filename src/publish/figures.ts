import {carpet} from "../figures/carpet/carpet.ts";
import {dataCoverage} from "../figures/data-coverage/data-coverage.ts";
import type {Figure} from "../figures/kit/figure.ts";
import {loadProfile} from "../figures/load-profile/load-profile.ts";
import {renderPng, renderSvg} from "../figures/render/render.ts";
import type {DataCoverage} from "../models/marts/data_coverage.ts";
import type {SiteEnergyDaily} from "../models/marts/site_energy_daily.ts";
import type {SiteHalfHourly} from "../models/marts/site_half_hourly.ts";
import type {SiteLoadProfile} from "../models/marts/site_load_profile.ts";
import type {Connection} from "../warehouse/connection.ts";
import type {PublishedFile} from "./files.ts";
import {type InventoryOptions, inventoryFigures} from "./inventory-figures.ts";

/** A figure as files, with what an index says of it. */
export interface PublishedFigure {
  readonly id: string;
  readonly title: string;
  readonly alt: string;
  readonly files: readonly PublishedFile[];
}

/** The site whose electricity is drawn half-hour by half-hour: the one that uses most while it is closed, else the one that uses most. */
const chosenSite = `
  select site_id, energy
  from marts.site_energy_daily
  where energy = 'electricity' and settlement_date > (select as_of from main.build) - interval 365 days
  group by site_id, energy
  order by sum(closed_kwh) desc nulls last, sum(consumption_kwh) desc, site_id
  limit 1`;

/** Draws every figure from the published marts, in order, as SVG and PNG at twice the size. */
export async function publishFigures(connection: Connection, options: InventoryOptions): Promise<PublishedFigure[]> {
  const figures = await drawFigures(connection, options);
  return figures.map(figure => {
    const svg = renderSvg(figure, options);
    const files = [
      {path: `figures/${figure.id}.svg`, bytes: new TextEncoder().encode(svg)},
      {path: `figures/${figure.id}.png`, bytes: renderPng(svg, {scale: 2})}
    ];
    return {id: figure.id, title: figure.title, alt: figure.alt, files};
  });
}

async function drawFigures(connection: Connection, options: InventoryOptions): Promise<Figure[]> {
  const ofSite = (mart: string) => `select * from marts.${mart} semi join (${chosenSite}) using (site_id, energy)`;
  const recent = "settlement_date > (select as_of from main.build) - interval 365 days";
  const halfHours = await connection.rows<SiteHalfHourly>(
    `${ofSite("site_half_hourly")} order by settlement_date, clock_half_hour`
  );
  const days = await connection.rows<SiteEnergyDaily>(
    `${ofSite("site_energy_daily")} where ${recent} order by settlement_date`
  );
  const profile = await connection.rows<SiteLoadProfile>(
    `${ofSite("site_load_profile")} order by day_type, clock_half_hour`
  );
  const coverage = await connection.rows<DataCoverage>(
    "select * from marts.data_coverage order by meter_point_id, month"
  );
  return [
    ...(await inventoryFigures(connection, options)),
    carpet(halfHours, days, options),
    loadProfile(profile, options),
    dataCoverage(coverage, options)
  ];
}
