import {daysOfAccount, type World} from "./account-days.ts";
import {ACCOUNTS, type Account, type FeedFolder} from "./accounts.ts";
import {areaFiles, areaYears} from "./area-sun.ts";
import {datesBetween} from "./calendar.ts";
import {ESTATE_PERIOD} from "./estate.ts";
import {type Faults, FILES_ADDED, plantFaults, plantNothing} from "./faults/plan.ts";
import {fuelFileName, fuelFiles, fuelMonths} from "./fleet/fuel-files.ts";
import {MISHAPS, NO_MISHAPS, UNREGISTERED_STAY} from "./happenings.ts";
import {LAYOUTS} from "./layouts.ts";
import {draw, measure} from "./measure.ts";
import type {MeterDay} from "./reads.ts";
import {UNREGISTERED_METER_POINT} from "./sites/meters.ts";
import {byIssue, cutIntoFiles, spansOf} from "./supplier-files.ts";
import type {Findings} from "./truth/findings.ts";
import {holdReads} from "./truth/held-reads.ts";
import {waterFiles, waterYears} from "./water/files.ts";
import {inventWeather} from "./weather.ts";
import {weatherFiles, weatherYears} from "./weather-files.ts";
import {printFuelFile} from "./writers/fuel-e01.ts";
import {printPvLiveAnswer} from "./writers/pv-live-answer.ts";
import {printWeatherAnswer} from "./writers/weather-answer.ts";

/** A file to be written, as its sender would. */
export interface InventedFile {
  readonly folder: FeedFolder;
  readonly name: string;
  readonly text: string;
}

const FUEL_FOLDER = "fleet-fuel";
const WEATHER_FOLDER = "weather";
/** One of the water loggers, one of the heat meter. */
const FILES_OF_WATER_YEAR = 2;
const GRID_FOLDER = "grid";

/** What is to be invented: the same seed gives the same bytes, without faults the same estate. */
export interface Recipe {
  readonly seed: number;
  readonly faults: Faults;
}

/** How many files there will be. */
export function countFiles({faults}: Recipe): number {
  const ofAccounts = ACCOUNTS.reduce((sum, account) => sum + spansOf(account).length, 0);
  return (
    ofAccounts +
    FILES_ADDED[faults] +
    fuelMonths().length +
    weatherYears().length +
    areaYears().length +
    FILES_OF_WATER_YEAR * waterYears().length
  );
}

/** Every supplier file, one after another: only one account is held at a time. */
export function* inventFiles({seed, faults}: Recipe, findings: Findings): Generator<InventedFile> {
  const dates = datesBetween(ESTATE_PERIOD.from, ESTATE_PERIOD.to);
  const mishaps = faults === "none" ? NO_MISHAPS : MISHAPS;
  const world = {seed, faults, dates, mishaps, weather: inventWeather(seed, dates)};
  for (const account of ACCOUNTS) yield* inventAccount(world, account, findings);
  for (const file of fuelFiles({seed, faults})) {
    const name = fuelFileName(file.month);
    findings.fuel.fold(name, file.transactions);
    yield {folder: FUEL_FOLDER, name, text: printFuelFile(file)};
  }
  for (const file of weatherFiles(world.weather, faults)) {
    findings.faults(file.faults);
    yield {folder: WEATHER_FOLDER, name: file.name, text: printWeatherAnswer(file)};
  }
  for (const file of areaFiles(seed, world.weather))
    yield {folder: GRID_FOLDER, name: file.name, text: printPvLiveAnswer(file)};
  yield* waterFiles(seed, world.weather);
}

function* inventAccount(world: World, account: Account, findings: Findings): Generator<InventedFile> {
  const files = cutIntoFiles(account, daysOfAccount(world, account));
  const planted =
    world.faults === "none" ? plantNothing(files) : plantFaults(account.fileStem, files, unregisteredDays(world));
  const reads = holdReads(world.dates);
  for (const file of [...planted.files].sort(byIssue)) {
    reads.fold(file);
    yield {folder: file.folder, name: file.name, text: LAYOUTS[file.layout].print(file)};
  }
  findings.faults(planted.faults);
  findings.held(reads.all().filter(({series}) => series.meter !== UNREGISTERED_METER_POINT));
}

function unregisteredDays(world: World): MeterDay[] {
  const dates = datesBetween(UNREGISTERED_STAY.from, UNREGISTERED_STAY.to);
  const series = {meter: UNREGISTERED_METER_POINT, channel: "import", from: UNREGISTERED_STAY.from} as const;
  return measure(world.seed, series, draw(world.seed, UNREGISTERED_METER_POINT, world, dates), dates);
}
