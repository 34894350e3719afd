import type {MeterDay as PublishedMeterDay} from "../../src/models/marts/meter_days.ts";
import type {SqlRow} from "../../src/warehouse/connection.ts";
import type {InventedMeter} from "../support/data-folder.ts";
import {type DeliveredFile, type Held, heldOf} from "../support/oracle.ts";
import {canonical, heldIn, sha256, type Tables} from "./folder.ts";
import {mpanNumbered, type PortalDelivery, portalText, type SiteMeters, storyOf} from "./story.ts";

/** A site to which the files of the story come in an order of its own. */
export interface Site {
  readonly name: string;
  readonly meters: SiteMeters;
  readonly files: readonly PortalDelivery[];
  readonly order: readonly number[];
}

/** A site with meters of its own. */
export function siteOf(order: readonly number[], index = 0): Site {
  const [main, second, unknown] = [
    mpanNumbered(10 * index),
    mpanNumbered(10 * index + 1),
    mpanNumbered(10 * index + 2)
  ];
  const meters = {main, second, unknown};
  return {name: `site-${String(index).padStart(3, "0")}`, meters, files: storyOf(meters), order};
}

/** The text of one file of the story as it comes to a site alone. */
export function textOf({files}: Site, file: number): string {
  const delivery = files[file];
  if (delivery === undefined) throw new Error(`the story has no file ${file}`);
  return portalText(delivery);
}

/** The meters that the register knows. */
export function registeredMeters(sites: readonly Site[]): InventedMeter[] {
  return sites.flatMap(({name, meters: {main, second}}) => [main, second].map(id => ({id, site: name})));
}

/** A file that comes at a step of all orders. */
export interface Arrival {
  readonly step: number;
  readonly name: string;
  readonly text: string;
}

/** What comes at a step: a file for each issue time, of the sites whose turn it is. */
export function arrivalsAt(sites: readonly Site[], step: number): Arrival[] {
  return (sites[0]?.files ?? []).flatMap(({issuedAt}, file) => {
    const rows = sites.filter(({order}) => order[step] === file).flatMap(({files}) => files[file]?.rows ?? []);
    const name = `${stepName(step)}-file-${String(file).padStart(2, "0")}.csv`;
    return rows.length === 0 ? [] : [{step, name, text: portalText({issuedAt, rows})}];
  });
}

/** Names begin with their step, since names in the inbox are the order of arrival. */
export const stepName = (step: number) => `step-${String(step).padStart(2, "0")}`;

/** A site's rows of the marts under names that every site shares, as text, without the names of files. */
export function tablesOfSite(tables: Tables, {name, meters}: Site): string {
  const own = (row: SqlRow) => row.site_id === name || row.meter_key === meters.unknown;
  const rows = Object.entries(tables).map(([table, all]) => [
    table,
    all.filter(own).map(({file_names, ...row}) => row)
  ]);
  return Object.entries({...meters, site: name, "the site": name.replace("-", " ")}).reduce(
    (text, [shared, particular]) => text.replaceAll(`"${particular}"`, `"${shared}"`),
    canonical(rows)
  );
}

/** What the marts hold of a site, half-hour by half-hour. */
export function heldAtSite(tables: Tables, site: Site): Held {
  const rows = (tables.meter_days ?? []) as unknown as readonly PublishedMeterDay[];
  return heldIn(
    rows
      .filter(({site_id}) => site_id === site.name)
      .map(({meter_point_id, kwh, ...row}) => ({...row, meter: meter_point_id, quantity: kwh}))
  );
}

/** What should be held of a site's registered meters, whatever the order of arrival, with files left out that are withdrawn. */
export function heldByOracle({files, meters}: Site, withdrawn: readonly number[] = []): Held {
  const delivered = files.flatMap((file, index): DeliveredFile[] =>
    withdrawn.includes(index)
      ? []
      : [{...file, sha256: sha256(portalText(file)), receivedAt: "2026-11-03T12:00:00.000Z"}]
  );
  return new Map([...heldOf(delivered)].filter(([key]) => !key.startsWith(meters.unknown)));
}

/** Totals of each day of a site as they should stand in `site_energy_daily`, to four decimals. */
export function dailyByOracle(held: Held): object[] {
  const dates = [...new Set([...held.keys()].map(dateOf))].sort();
  return dates.map(date => {
    const reads = [...held].filter(([key]) => dateOf(key) === date).map(([, read]) => read);
    const estimated = reads.filter(({status}) => status === "estimated");
    return {
      date,
      consumption_kwh: sumOf(reads),
      estimated_kwh: sumOf(estimated),
      present_half_hours: reads.length,
      estimated_half_hours: estimated.length
    };
  });
}

const dateOf = (key: string) => key.split(" ")[1] ?? "";

/** Whole thousandths are added, so that the sum is exact. */
const sumOf = (reads: readonly {kwh: number}[]) => reads.reduce((sum, {kwh}) => sum + Math.round(kwh * 1000), 0) / 1000;

/** The same columns of the mart. */
export function dailyOfSite(tables: Tables, {name}: Site): object[] {
  return (tables.site_energy_daily ?? [])
    .filter(({site_id}) => site_id === name)
    .map(row => ({
      date: (row.settlement_date as Date).toISOString().slice(0, 10),
      consumption_kwh: row.consumption_kwh,
      estimated_kwh: row.estimated_kwh,
      present_half_hours: row.present_half_hours,
      estimated_half_hours: row.estimated_half_hours
    }))
    .filter(({present_half_hours}) => present_half_hours !== 0);
}
