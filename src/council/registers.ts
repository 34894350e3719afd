import {join} from "node:path";
import {isSpid, parseName} from "../domain/meter-points.ts";
import type {Connection} from "../warehouse/connection.ts";
import {type AnnualReturn, annualReturns} from "./annual-returns.ts";
import {type BuildingRegisters, buildingRegisters, loadBuildingRegisters, readBuildingRegisters} from "./buildings.ts";
import {failure} from "./columns.ts";
import {readPseudonymKey} from "./config.ts";
import {
  halfHourOf,
  type MeterPoint,
  meterNames,
  meterPoints,
  type Site,
  siteHours,
  sites,
  weekdays,
  weekdaysOf
} from "./estate.ts";
import {
  chargingPlaces,
  type FleetRegisters,
  fuelAccounts,
  fuelProducts,
  loadFleetRegisters,
  readFleetRegisters,
  vehicles,
  vehicleTags
} from "./fleet.ts";
import {type GenerationAsset, generationAssets, readGenerationAssets} from "./generation.ts";
import {marketMigrations} from "./market-migrations.ts";
import {
  loadMeteringRegisters,
  type MeteringRegisters,
  meters,
  readMeteringRegisters,
  subMeters,
  unmeteredInventory,
  virtualMeters
} from "./metering.ts";
import {
  fleetList,
  loadOutsideLists,
  type OutsideLists,
  propertyRegister,
  readOutsideLists,
  supplierPortfolio
} from "./outside-lists.ts";
import {fill, type Lined, loadRegister, type RegisterFacts, readRegister} from "./register.ts";
import {loadTargets, readTargets, type Target, targetParts} from "./targets.ts";

/** Every register that a council edits. `canopy init` writes each with its header; all but the first two may be left out. */
export const councilRegisters: readonly RegisterFacts[] = [
  sites,
  meterPoints,
  meters,
  subMeters,
  virtualMeters,
  marketMigrations,
  unmeteredInventory,
  generationAssets,
  vehicles,
  vehicleTags,
  fuelProducts,
  fuelAccounts,
  chargingPlaces,
  annualReturns,
  targetParts,
  ...buildingRegisters,
  supplierPortfolio,
  propertyRegister,
  fleetList
];

/** What the council says, as the models need it. */
export interface Registers {
  readonly sites: readonly Site[];
  readonly meterPoints: readonly MeterPoint[];
  readonly metering: MeteringRegisters;
  readonly fleet: FleetRegisters;
  readonly generationAssets: readonly GenerationAsset[];
  readonly buildings: BuildingRegisters;
  readonly annualReturns: readonly AnnualReturn[];
  readonly targets: readonly Target[];
  readonly outsideLists: OutsideLists;
}

/** Reads and checks the council's registers. An error names file, row, column and value. */
export async function readRegisters(dataFolder: string): Promise<Registers> {
  const council = join(dataFolder, "council");
  const [sitesThere, points] = await Promise.all([readRegister(council, sites), readRegister(council, meterPoints)]);
  checkNames(points);
  const known = new Set(sitesThere.map(({site_id}) => site_id));
  const homeless = points.find(({site_id}) => !known.has(site_id));
  if (homeless)
    throw failure(meterPoints.file, homeless.fileRow, "site_id", homeless.site_id, "sites.csv has no such site");
  return {
    sites: sitesThere,
    meterPoints: points,
    metering: await readMeteringRegisters(
      council,
      new Map(points.map(({meter_point_id, energy}) => [meter_point_id, energy]))
    ),
    fleet: await readFleetRegisters(council, known, () => readPseudonymKey(dataFolder)),
    generationAssets: await readGenerationAssets(council, known, points),
    buildings: await readBuildingRegisters(council, known),
    annualReturns: await readRegister(council, annualReturns),
    targets: await readTargets(council),
    outsideLists: await readOutsideLists(council, known, () => readPseudonymKey(dataFolder))
  };
}

/** A name stands for one meter point, which may have several rows, one after another: it has moved to another site, or was away. It measures one energy. */
function checkNames(points: readonly Lined<MeterPoint>[]): void {
  const first = new Map<string, Lined<MeterPoint>>();
  for (const meter of points)
    for (const name of namesOf(meter)) {
      const other = first.get(name) ?? meter;
      first.set(name, other);
      if (other.meter_point_id !== meter.meter_point_id)
        throw failure(meterPoints.file, meter.fileRow, "a meter's name", name, `as in row ${other.fileRow}`);
      if (other.energy !== meter.energy)
        throw failure(
          meterPoints.file,
          meter.fileRow,
          "energy",
          meter.energy,
          `it is ${other.energy} in row ${other.fileRow}`
        );
    }
}

/** Every key under which a meter point's reads may have landed. */
export function namesOf(meter: MeterPoint): string[] {
  const others = (meter.known_as ?? "")
    .split(";")
    .map(name => name.trim())
    .filter(name => name !== "");
  const keys = others.flatMap(keysOfName);
  return [...new Set([meter.meter_point_id, ...keysOfName(meter.meter_point_id), ...keys])];
}

const isNumber = (name: string) => /^\d{6,13}$/.test(name);

function keysOfName(name: string): string[] {
  if (isNumber(name)) return [name];
  if (isSpid(name)) return [name.toUpperCase()];
  const parsed = parseName(name);
  return "key" in parsed ? [parsed.key] : [];
}

/** Puts the registers into the schema `council` of the connection's scratch database. */
export async function loadRegisters(connection: Connection, read: Registers): Promise<void> {
  await loadMeteringRegisters(connection, read.metering);
  await loadFleetRegisters(connection, read.fleet);
  await loadRegister(connection, generationAssets, read.generationAssets);
  await loadRegister(connection, annualReturns, read.annualReturns);
  await loadTargets(connection, read.targets);
  await loadOutsideLists(connection, read.outsideLists);
  await loadBuildingRegisters(connection, read.buildings);
  await loadRegister(connection, sites, read.sites);
  await fill(connection, siteHours, read.sites.flatMap(hoursOf));
  await loadRegister(connection, meterPoints, read.meterPoints);
  await fill(
    connection,
    meterNames,
    [
      ...new Map(
        read.meterPoints.flatMap(meter => namesOf(meter).map(meter_key => [meter_key, meter.meter_point_id] as const))
      )
    ].map(([meter_key, meter_point_id]) => ({meter_key, meter_point_id}))
  );
}

/** A row per weekday: opening and closing as half-hours of the wall clock; a closed day opens and closes at 0. */
function hoursOf({site_id, opens_at, closes_at, open_days}: Site) {
  if (opens_at === null || closes_at === null || open_days === null) return [];
  const isOpen = weekdaysOf(open_days);
  return weekdays.map((_, index) => ({
    site_id,
    weekday: index + 1,
    opens_half_hour: isOpen(index) ? halfHourOf(opens_at) : 0,
    closes_half_hour: isOpen(index) ? halfHourOf(closes_at) : 0
  }));
}
