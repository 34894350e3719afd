import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {writeRows, writeSettings} from "../support/registers.ts";
import {frameworkFile} from "./meter-files.ts";

/** A meter of an invented estate that is known by a bill a month. */
export interface BilledMeter {
  readonly id: string;
  readonly energy: "electricity" | "gas";
  readonly site?: string;
  readonly from?: string;
  readonly to?: string;
  /** kWh of each month that is billed, by `2025-04`. */
  readonly kwh: Readonly<Record<string, number>>;
}

/** Months from one to another, both included, as `2025-04`. */
export function monthsOf(first: string, last: string): string[] {
  const [from, to] = [first, last].map(month => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1);
  return Array.from({length: (to ?? 0) - (from ?? 0) + 1}, (_, index) => {
    const month = (from ?? 0) + index;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
  });
}

/** The same kWh in every month from one to another. */
export const evenly = (first: string, last: string, kwh: number): Record<string, number> =>
  Object.fromEntries(monthsOf(first, last).map(month => [month, kwh]));

/** kWh of each day times the days of the month. */
export const daily = (first: string, last: string, kwh: number): Record<string, number> =>
  Object.fromEntries(monthsOf(first, last).map(month => [month, kwh * daysOf(month)]));

export const daysOf = (month: string) =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();

interface Settings {
  readonly baseYear?: number | null;
  readonly asOf?: string;
  /** Rows of sites.csv after the first seven columns, by site: valid_from and valid_to. */
  readonly lives?: Readonly<Record<string, string>>;
  readonly area?: number;
  readonly returns?: readonly string[];
  readonly targets?: readonly string[];
}

/** A council of these meters, whose bills are in. Sites are offices of 1,000 m² each unless said. */
export async function estateOf(meters: readonly BilledMeter[], settings: Settings = {}): Promise<Canopy> {
  const {baseYear = null, asOf = "2026-10-31", lives = {}, area = 1000, returns = [], targets = []} = settings;
  const canopy = new Canopy(await makeDataFolder(meters.map(({kwh, ...meter}) => meter)));
  await writeSettings(canopy.folder, {base_year: baseYear, as_of: asOf});
  await writeSites(canopy, [...new Set(meters.map(({site = "town-hall"}) => site))], {lives, area});
  await writeRows(canopy.folder, "annual-returns.csv", returns);
  if (targets.length > 0) await writeRows(canopy.folder, "targets.csv", targets);
  await bill(canopy, meters);
  return canopy;
}

/** Writes the register of sites: offices. */
export async function writeSites(
  canopy: Canopy,
  sites: readonly string[],
  {lives = {}, area = 1000}: Pick<Settings, "lives" | "area"> = {}
): Promise<void> {
  const rows = sites.map(
    site => `${site},${site.replaceAll("-", " ")},office,${area || ""},08:00,18:00,Mon-Fri,${lives[site] ?? ","}`
  );
  await writeRows(canopy.folder, "sites.csv", rows);
}

/** Brings a bill for each month of each meter, in one file. */
export async function bill(canopy: Canopy, meters: readonly BilledMeter[], name = "bills.csv"): Promise<void> {
  const rows = meters.flatMap(({id, kwh}, meter) =>
    Object.entries(kwh).map(([month, quantity]) => {
      const [year, number] = month.split("-");
      const days = daysOf(month);
      const last = `${days}/${number}/${year}`;
      return ["A1", "Hall", id, `${name}-${meter}-${month}`, last, `01/${number}/${year}`, last, "A", quantity]
        .concat([0, 0, 1, 0.2, 1.2])
        .join();
    })
  );
  if (rows.length > 0) await canopy.bring(name, frameworkFile(rows));
}

/** Rewrites the register of meters, as a council does. */
export async function register(canopy: Canopy, rows: readonly string[]): Promise<void> {
  await writeFile(
    join(canopy.folder, "council", "meter-points.csv"),
    ["meter_point_id,site_id,energy,known_as,valid_from,valid_to", ...rows, ""].join("\n")
  );
}
