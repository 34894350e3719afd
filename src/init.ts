import {mkdir, stat, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {CliError} from "./errors.ts";
import {feeds} from "./feeds/index.ts";

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
  await writeFile(
    join(council, "council.json"),
    `${JSON.stringify({name, ons_code: onsCode, illustrative: null, base_year: null, as_of: null}, null, 2)}\n`
  );
  await writeFile(join(council, "sites.csv"), "site_id,name,kind,floor_area_m2,opens_at,closes_at,open_days\n");
  await writeFile(join(council, "meter-points.csv"), "meter_point_id,site_id,energy,known_as,valid_from,valid_to\n");
  return [
    `A council stands in ${folder}.`,
    "",
    `1. List its buildings in ${join(council, "sites.csv")} and its meters in ${join(council, "meter-points.csv")}.`,
    `2. Put supplier files into ${join(folder, "inbox", "estate-energy")}, as they came.`,
    `3. canopy run --data ${folder}`,
    "",
    "canopy layouts shows which files are understood; a council's own layouts go into council/layouts."
  ];
}
