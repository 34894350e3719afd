import {mkdir, stat, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {CliError} from "../errors.ts";
import {feeds} from "../sources/feeds.ts";

/** The registers of a council and their columns. All but the first two may stay empty. */
const registers = {
  "sites.csv": "site_id,name,kind,floor_area_m2,opens_at,closes_at,open_days",
  "meter-points.csv": "meter_point_id,site_id,energy,known_as,valid_from,valid_to",
  "generation-assets.csv":
    "asset_id,site_id,technology,capacity_kw,generation_meter_id,export_meter_point_id,valid_from,valid_to",
  "vehicles.csv": "vehicle_id,registration,kind,service,fuel,valid_from,valid_to",
  "fuel-products.csv": "provider,product_code,product,activity,confirmation",
  "vehicle-tags.csv": "vehicle_id,tag,valid_from,valid_to",
  "charging-places.csv": "location,place,site_id,source",
  "targets.csv": "target_id,item,value,source,confirmation,who_could_confirm",
  "annual-returns.csv": "reporting_year,emission_source,activity,unit,quantity,used_for,source"
};

/** Makes a data folder for a council: registers with their headers only, an inbox for each feed. Never writes over one that is there. */
export async function initCouncil(folder: string, name: string, onsCode: string | null): Promise<string[]> {
  const council = join(folder, "council");
  const isThere = await stat(join(council, "council.json")).then(
    () => true,
    () => false
  );
  if (isThere) throw new CliError(`there is a council in ${folder} already: nothing was written`);
  await mkdir(join(council, "layouts"), {recursive: true});
  for (const feed of feeds.keys()) await mkdir(join(folder, "inbox", feed), {recursive: true});
  const settings = {name, ons_code: onsCode, illustrative: null, base_year: null, factor_year: "majority", as_of: null};
  await writeFile(join(council, "council.json"), `${JSON.stringify(settings, null, 2)}\n`);
  for (const [file, header] of Object.entries(registers)) await writeFile(join(council, file), `${header}\n`);
  return [
    `A council stands in ${folder}.`,
    "",
    `1. List its buildings in ${join(council, "sites.csv")} and its meters in ${join(council, "meter-points.csv")}.`,
    `2. Put supplier files into ${join(folder, "inbox", "estate-energy")}, as they came.`,
    `3. canopy run --data ${folder}`,
    "",
    "Solar panels go into generation-assets.csv, vehicles and the product codes of fuel cards into vehicles.csv and",
    "fuel-products.csv, totals of earlier years into annual-returns.csv; their files into the other inbox folders.",
    "canopy layouts shows which files are understood; a council's own layouts go into council/layouts."
  ];
}
