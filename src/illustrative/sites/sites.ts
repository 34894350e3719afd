import type {IsoDate} from "../calendar.ts";
import type {MeterPoint, Site} from "../estate.ts";
import {lifeOf} from "./lives.ts";
import {metersOf} from "./meters.ts";
import {SITE_ROWS} from "./rows.ts";

/** Every site of the council, with its supplies of electricity and gas. */
export const SITES: readonly Site[] = SITE_ROWS.map((row, index) => {
  const [siteId, name, kind, scale, hours] = row;
  const floorAreaM2 = kind === "street-lighting" ? null : scale;
  return {siteId, name, kind, floorAreaM2, hours, life: lifeOf(siteId), meterPoints: metersOf(row, index)};
});

/** Asked for every day of every meter. */
const siteById = new Map(SITES.map(site => [site.siteId, site]));

/** The site of this id. Refuses an id that is none. */
export function siteOf(siteId: string): Site {
  const site = siteById.get(siteId);
  if (!site) throw new Error(`no such site: ${siteId}`);
  return site;
}

/** The site that a meter measures on a day; where nobody answers for it, the one that it measured before, or will first. */
export function siteOn({lives}: MeterPoint, date: IsoDate): Site {
  const life = lives.findLast(({from}) => from <= date) ?? lives[0];
  return siteOf(life?.siteId ?? "");
}

/** The site's main supply of one energy. Refuses a site that has none. */
export function supplyOf(siteId: string, energy: MeterPoint["energy"]): MeterPoint {
  const meter = siteOf(siteId).meterPoints.find(each => each.energy === energy);
  if (!meter) throw new Error(`no ${energy} at: ${siteId}`);
  return meter;
}
