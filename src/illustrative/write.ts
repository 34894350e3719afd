import {mkdir, readFile, rename, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {datesBetween} from "./calendar.ts";
import {ACCOUNTS, ESTATE_PERIOD, type MeterPoint, SITES, UNREGISTERED_METER_POINT} from "./estate.ts";
import type {Planted} from "./faults/fault.ts";
import {plantFaults, UNREGISTERED_STAY} from "./faults/plan.ts";
import {LAYOUTS} from "./layouts.ts";
import {type MeterDay, measure} from "./reads.ts";
import {cutIntoFiles} from "./supplier-files.ts";
import {tellTruth} from "./truth.ts";
import {inventWeather, type Weather} from "./weather.ts";

/** Where the illustrative estate goes. */
export interface Destination {
  /** Folder of supplier files; the estate's are put in `estate-energy/` beneath it. */
  readonly inbox: string;
  /** JSON file that tells tests what the files amount to (`Truth`). */
  readonly truthFile: string;
  /** The same seed gives the same bytes. */
  readonly seed: number;
}

const FEED_FOLDER = "estate-energy";
const JSON_INDENT = 1;

/**
 * Writes the supplier files of the illustrative estate, and the truth about them apart. Each file is written under a
 * temporary name and renamed; one that already holds the same bytes is left untouched. Other files are not looked at.
 * Returns the paths of the supplier files, sorted, written or not.
 */
export async function writeIllustrativeEstate({inbox, truthFile, seed}: Destination): Promise<{files: string[]}> {
  const planted = inventFiles(seed);
  const folder = join(inbox, FEED_FOLDER);
  for (const file of planted.files) await writeIfNew(join(folder, file.name), LAYOUTS[file.layout].print(file));
  await writeIfNew(truthFile, `${JSON.stringify(tellTruth(seed, planted), null, JSON_INDENT)}\n`);
  return {files: planted.files.map(file => join(folder, file.name)).sort()};
}

function inventFiles(seed: number): Planted {
  const dates = datesBetween(ESTATE_PERIOD.from, ESTATE_PERIOD.to);
  const weather = inventWeather(seed, dates);
  const days = SITES.flatMap(site => site.meterPoints.flatMap(meter => measure(seed, site, meter, weather, dates)));
  const files = ACCOUNTS.flatMap(account =>
    cutIntoFiles(
      account,
      days.filter(day => day.meter.account === account.fileStem)
    )
  );
  return plantFaults(files, measureUnregistered(seed, weather));
}

function measureUnregistered(seed: number, weather: Weather): MeterDay[] {
  const host = SITES.find(site => site.meterPoints.some(sharesAccount));
  const dates = datesBetween(UNREGISTERED_STAY.from, UNREGISTERED_STAY.to);
  return host ? measure(seed, host, UNREGISTERED_METER_POINT, weather, dates) : [];
}

function sharesAccount(meter: MeterPoint): boolean {
  return meter.account === UNREGISTERED_METER_POINT.account;
}

async function writeIfNew(path: string, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  if (await holds(path, bytes)) return;
  await mkdir(dirname(path), {recursive: true});
  const temporary = `${path}.tmp`;
  await writeFile(temporary, bytes);
  await rename(temporary, path);
}

async function holds(path: string, bytes: Buffer): Promise<boolean> {
  try {
    return bytes.equals(await readFile(path));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}
