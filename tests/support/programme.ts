import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {inventMpan} from "../../src/illustrative/sites/identifiers.ts";
import {flat, type PortalDay, portalFile} from "./supplier-files.ts";

/** A council of an invented programme. */
export interface InventedCouncil {
  readonly folder: string;
  readonly name: string;
  readonly onsCode: string;
  readonly sites: number;
  readonly seed: number;
  /** The days of which its meters tell; by default the whole of 2025/26 and on to 31 October 2026. */
  readonly from?: string;
  readonly to?: string;
}

const kinds = ["office", "library", "primary-school", "leisure-centre", "depot"] as const;

/** kWh of a half-hour of a site: whole tenths, so that sums are known by hand. */
export const kwhOf = ({seed}: Pick<InventedCouncil, "seed">, site: number) => 1 + ((seed * 7 + site * 3) % 20) / 10;

/** Makes an invented programme: councils of so many buildings, each with one electricity meter that takes the same every half-hour. */
export async function makeProgramme(folder: string, councils: readonly InventedCouncil[]): Promise<void> {
  await mkdir(folder, {recursive: true});
  await writeFile(join(folder, "programme.json"), JSON.stringify({name: "Invented Programme"}));
  for (const council of councils) await makeCouncil(folder, council);
}

export async function makeCouncil(programme: string, council: InventedCouncil): Promise<void> {
  const {folder, name, onsCode, sites, seed, from = "2025-04-01", to = "2026-10-31"} = council;
  const [own, inbox] = [join(programme, folder, "council"), join(programme, folder, "inbox", "estate-energy")];
  await mkdir(own, {recursive: true});
  await mkdir(inbox, {recursive: true});
  await writeFile(join(own, "council.json"), JSON.stringify({name, ons_code: onsCode, illustrative: null}));
  const all = Array.from({length: sites}, (_, index) => index);
  const meter = (site: number) => inventMpan(seed * 100 + site);
  const kind = (site: number) => kinds[(seed + site) % kinds.length] ?? "office";
  await writeFile(
    join(own, "sites.csv"),
    [
      "site_id,name,kind,floor_area_m2,opens_at,closes_at,open_days",
      ...all.map(site => `site-${site},Building ${site},${kind(site)},${800 + 50 * site},08:00,18:00,Mon-Fri`),
      ""
    ].join("\n")
  );
  await writeFile(
    join(own, "meter-points.csv"),
    [
      "meter_point_id,site_id,energy,known_as,valid_from,valid_to",
      ...all.map(site => `${meter(site)},site-${site},electricity,,2025-04-01,`),
      ""
    ].join("\n")
  );
  const dates = datesBetween(from, to);
  const days = all.flatMap((site): PortalDay[] =>
    dates.map(date => ({mpan: meter(site), date, cells: cellsOf(date, kwhOf(council, site))}))
  );
  await writeFile(join(inbox, `${folder}.csv`), portalFile("01/11/26 07:00", days));
}

/** A day's half-hours; where the clocks go forward the hour from 01:00 does not happen. */
const cellsOf = (date: string, kwh: number) =>
  flat(kwh).map((cell, slot) => (date === "2026-03-29" && (slot === 2 || slot === 3) ? "" : cell));

function datesBetween(from: string, to: string): string[] {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  return Array.from({length: Math.round((last - first) / 86_400_000) + 1}, (_, index) =>
    new Date(first + index * 86_400_000).toISOString().slice(0, 10)
  );
}
