import {mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {onTestFinished} from "vitest";

/** A meter point of an invented council: its id, and what differs from a live electricity meter at the one site. */
export interface InventedMeter {
  readonly id: string;
  readonly energy?: "electricity" | "gas" | "water" | "heat";
  readonly site?: string;
  readonly knownAs?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Invented MPANs whose check digits fit. */
export const mpans = ["1600000000010", "1600000000029", "1600000000038", "1600000000047"] as const;

/** Makes an empty data folder with a council of these meters, as of 31 October 2026. It goes when the test has finished, or as `finish` says, which a hook of many tests needs. */
export async function makeDataFolder(
  meters: readonly InventedMeter[] = [{id: mpans[0]}],
  asOf: string | null = "2026-10-31",
  finish?: (leave: () => Promise<void>) => void
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "canopy-test-"));
  const leave = () => rm(folder, {recursive: true, force: true});
  if (finish === undefined) onTestFinished(leave);
  else finish(leave);
  await mkdir(join(folder, "council"), {recursive: true});
  await mkdir(join(folder, "inbox", "estate-energy"), {recursive: true});
  await writeFile(
    join(folder, "council", "council.json"),
    JSON.stringify({name: "Test Council", ons_code: null, illustrative: null, as_of: asOf})
  );
  await writeRegister(folder, meters);
  return folder;
}

/** Writes the registers anew: a site for each that the meters name. */
export async function writeRegister(folder: string, meters: readonly InventedMeter[]): Promise<void> {
  const sites = [...new Set(meters.map(({site = "town-hall"}) => site))];
  const siteRows = sites.map(site => `${site},${site.replace("-", " ")},office,1000,08:00,18:00,Mon-Fri`);
  const meterRows = meters.map(({id, energy = "electricity", site = "town-hall", knownAs = "", from = "", to = ""}) =>
    [id, site, energy, knownAs, from, to].join()
  );
  await writeFile(
    join(folder, "council", "sites.csv"),
    ["site_id,name,kind,floor_area_m2,opens_at,closes_at,open_days", ...siteRows, ""].join("\n")
  );
  await writeFile(
    join(folder, "council", "meter-points.csv"),
    ["meter_point_id,site_id,energy,known_as,valid_from,valid_to", ...meterRows, ""].join("\n")
  );
}

/** An empty folder, which its caller removes. */
export const makeTemporaryFolder = () => mkdtemp(join(tmpdir(), "canopy-test-"));
