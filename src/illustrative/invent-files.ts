import {daysOfAccount, type World} from "./account-days.ts";
import {ACCOUNTS, type Account, type FeedFolder} from "./accounts.ts";
import {datesBetween} from "./calendar.ts";
import {ESTATE_PERIOD} from "./estate.ts";
import {FILES_ADDED, plantFaults} from "./faults/plan.ts";
import {fuelFileName, fuelFiles, fuelMonths} from "./fleet/fuel-files.ts";
import {UNREGISTERED_STAY} from "./happenings.ts";
import {LAYOUTS} from "./layouts.ts";
import {draw, measure} from "./measure.ts";
import type {MeterDay} from "./reads.ts";
import {UNREGISTERED_METER_POINT} from "./sites/meters.ts";
import {siteOf} from "./sites/sites.ts";
import {byIssue, cutIntoFiles, spansOf} from "./supplier-files.ts";
import type {Findings} from "./truth/findings.ts";
import {holdReads} from "./truth/held-reads.ts";
import {inventWeather} from "./weather.ts";
import {printFuelFile} from "./writers/fuel-e01.ts";

/** A supplier file to be written. */
export interface InventedFile {
  readonly folder: FeedFolder;
  readonly name: string;
  readonly text: string;
}

const FUEL_FOLDER = "fleet-fuel";
const UNREGISTERED_HOST = "civic-office";

/** How many files there will be. */
export function countFiles(): number {
  const ofAccounts = ACCOUNTS.reduce((sum, account) => sum + spansOf(account).length, 0);
  return ofAccounts + FILES_ADDED + fuelMonths().length;
}

/** Every supplier file, one after another: only one account is held at a time. */
export function* inventFiles(seed: number, findings: Findings): Generator<InventedFile> {
  const dates = datesBetween(ESTATE_PERIOD.from, ESTATE_PERIOD.to);
  const world = {seed, dates, weather: inventWeather(seed, dates)};
  for (const account of ACCOUNTS) yield* inventAccount(world, account, findings);
  for (const file of fuelFiles(seed)) {
    const name = fuelFileName(file.month);
    findings.fuel.fold(name, file.transactions);
    yield {folder: FUEL_FOLDER, name, text: printFuelFile(file)};
  }
}

function* inventAccount(world: World, account: Account, findings: Findings): Generator<InventedFile> {
  const files = cutIntoFiles(account, daysOfAccount(world, account));
  const planted = plantFaults(account.fileStem, files, unregisteredDays(world));
  const reads = holdReads(world.dates);
  for (const file of [...planted.files].sort(byIssue)) {
    reads.fold(file);
    yield {folder: file.folder, name: file.name, text: LAYOUTS[file.layout].print(file)};
  }
  findings.faults(planted.faults);
  findings.held(reads.all().filter(({series}) => series.meter !== UNREGISTERED_METER_POINT));
}

function unregisteredDays({seed, weather}: World): MeterDay[] {
  const site = siteOf(UNREGISTERED_HOST);
  const dates = datesBetween(UNREGISTERED_STAY.from, UNREGISTERED_STAY.to);
  const series = {site, meter: UNREGISTERED_METER_POINT, channel: "import", from: UNREGISTERED_STAY.from} as const;
  return measure(seed, series, draw(seed, site, UNREGISTERED_METER_POINT, weather, dates), dates);
}
