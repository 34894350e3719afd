import {writeFile} from "node:fs/promises";
import {join} from "node:path";

const headers = {
  "vehicles.csv": "vehicle_id,registration,kind,service,fuel,valid_from,valid_to",
  "fuel-products.csv": "provider,product_code,product,activity,confirmation",
  "vehicle-tags.csv": "vehicle_id,tag,valid_from,valid_to",
  "charging-places.csv": "location,place,site_id,source",
  "generation-assets.csv":
    "asset_id,site_id,technology,capacity_kw,generation_meter_id,export_meter_point_id,valid_from,valid_to",
  "targets.csv": "target_id,item,value,source,confirmation,who_could_confirm",
  "annual-returns.csv": "reporting_year,emission_source,activity,unit,quantity,used_for,source"
};

/** Writes one of the registers a council may leave out: its header and these rows. */
export async function writeRows(folder: string, file: keyof typeof headers, rows: readonly string[]): Promise<void> {
  await writeFile(join(folder, "council", file), [headers[file], ...rows, ""].join("\n"));
}

/** Changes settings of the test council. */
export async function writeSettings(folder: string, settings: object): Promise<void> {
  const usual = {name: "Test Council", ons_code: null, illustrative: null, as_of: "2026-10-31"};
  await writeFile(join(folder, "council", "council.json"), JSON.stringify({...usual, ...settings}));
}
