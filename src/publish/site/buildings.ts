import {z} from "zod";
import {readFromMarts} from "../../models/read-mart.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {slug} from "../../wording/titles.ts";
import type {SiteBuilding} from "./context.ts";

const buildingSchema = z.object({site_id: z.string(), name: z.string()});

/** Every building that the register has a meter of, by name. Its page is called as its id where that is fit for the name of a file. */
export async function readBuildings(connection: Connection): Promise<SiteBuilding[]> {
  const rows = await readFromMarts(
    connection,
    buildingSchema,
    "select site_id, any_value(site_name order by site_name) as name from marts.meter_points group by site_id order by name, site_id"
  );
  const taken = new Set<string>();
  return rows.map(({site_id, name}) => {
    const plain = /^\w[\w-]{0,80}$/.test(site_id) ? site_id : slug(site_id).slice(0, 80) || "building";
    let page = plain;
    for (let again = 2; taken.has(page.toLowerCase()); again++) page = `${plain}-${again}`;
    taken.add(page.toLowerCase());
    return {siteId: site_id, name, page: `buildings/${page}`};
  });
}
