import {z} from "zod";
import type {Connection} from "../warehouse/connection.ts";
import {amount, column, count, failure, name, oneOf, optional, type RowOf, source, text, wholeLife} from "./columns.ts";
import {type Migration, marketMigrations} from "./market-migrations.ts";
import {defineRegister, type Lined, loadRegister, readRegister} from "./register.ts";

const digits = z
  .string()
  .regex(/^\d{1,9}$/, "a whole number")
  .transform(Number)
  .pipe(z.number().min(3).max(12));

const share = z
  .string()
  .regex(/^-?\d{1,3}(\.\d{1,6})?$/, "a decimal number")
  .transform(Number)
  .refine(value => value !== 0, "none of the meter");

/** What stands at a meter point. */
export const meters = defineRegister({
  file: "meters.csv",
  description:
    "The meter at a meter point from the day it was put in. Files that name no serial or unit are read by it; reads of two meters are never taken from one another.",
  table: "council.meters",
  key: ["meter_point_id"],
  sharesADay: "two meters stand at one point on one day",
  isOptional: true,
  columns: {
    meter_point_id: name("The meter point."),
    serial: optional(text("The serial number on the meter; a new one is a new row from the day of the exchange.")),
    unit: optional(
      oneOf(["kWh", "Wh", "MWh", "GJ", "m3", "ft3", "hcf"], "What its readings are in where files do not say.")
    ),
    digits: optional(column("integer", digits, "Digits before a register turns over to zero.")),
    multiplier: optional(amount("What one step of the register stands for.")),
    volume_correction: optional(amount("For temperature and pressure, where the site has its own.")),
    gas_zone: optional(
      column(
        "varchar",
        z.string().regex(/^[A-Z]{2}$/, "two capitals, such as NW"),
        "The gas distribution zone whose daily calorific value holds, such as NW."
      )
    ),
    ...wholeLife
  }
});

/** Meters behind others. */
export const subMeters = defineRegister({
  file: "sub-meters.csv",
  description: "A meter that stands behind another. It has its own days and is not added to its site.",
  table: "council.sub_meters",
  key: ["meter_point_id"],
  sharesADay: "a sub-meter has two parents on one day",
  isOptional: true,
  columns: {
    meter_point_id: name("The sub-meter."),
    parent_meter_point_id: name("The meter it stands behind."),
    ...wholeLife
  },
  rules: [
    row =>
      row.meter_point_id === row.parent_meter_point_id
        ? ["parent_meter_point_id", "a meter is no sub-meter of itself"]
        : null
  ]
});

/** Meters that are sums of others. */
export const virtualMeters = defineRegister({
  file: "virtual-meters.csv",
  description:
    "A part of a meter point that is the sum of others by their shares. It is added to its site only where each of those is a sub-meter of a virtual one.",
  table: "council.virtual_meters",
  key: ["virtual_meter_id", "meter_point_id"],
  sharesADay: "a meter is in a virtual one twice",
  isOptional: true,
  columns: {
    virtual_meter_id: name("The meter point that is a sum."),
    meter_point_id: name("A meter that is a part of it."),
    share: column("double", share, "How much of the meter counts: 1, a part, or less than zero to take it off."),
    ...wholeLife
  }
});

/** What stands on unmetered supplies. */
export const unmeteredInventory = defineRegister({
  file: "unmetered-inventory.csv",
  description:
    "Items on an unmetered supply of one charge code and switch regime, such as lamps: the check on what is counted, never counted itself.",
  table: "council.unmetered_inventory",
  key: ["meter_point_id", "charge_code", "switch_regime"],
  sharesADay: "items stand twice",
  isOptional: true,
  columns: {
    meter_point_id: name("The unmetered supply."),
    charge_code: column("varchar", z.string().regex(/^\d{13}$/, "13 digits"), "What kind of item, 13 digits."),
    switch_regime: column(
      "varchar",
      z.string().regex(/^[0-9A-Z]{3}$/, "three characters"),
      "When they burn, three characters."
    ),
    items: count("How many."),
    circuit_watts: amount("What one of them draws, W."),
    burning_hours_a_year: column("double", amount("").cell.pipe(z.number().max(8784)), "Hours a year that they burn."),
    source,
    ...wholeLife
  }
});

/** How meter points are metered, as it was from day to day. Every register of these may be absent. */
export interface MeteringRegisters {
  readonly meters: readonly RowOf<typeof meters.columns>[];
  readonly subMeters: readonly RowOf<typeof subMeters.columns>[];
  readonly virtualMeters: readonly RowOf<typeof virtualMeters.columns>[];
  readonly migrations: readonly Migration[];
  readonly unmetered: readonly RowOf<typeof unmeteredInventory.columns>[];
}

/** What a meter point of the register measures, by its id. */
export type Energies = ReadonlyMap<string, string>;

/**
 * Reads `meters.csv`, `sub-meters.csv`, `virtual-meters.csv`, `market-migrations.csv` and `unmetered-inventory.csv`, and checks them against the meter
 * points.
 *
 * A sub-meter is part of its parent and is not added to its site. A virtual meter is the sum of others by their shares, and is added to its site only
 * where each of those is a sub-meter of a virtual one, or the same energy would count twice.
 *
 * @throws CheckError that names file, row, column and value.
 */
export async function readMeteringRegisters(councilFolder: string, energies: Energies): Promise<MeteringRegisters> {
  const [metersAt, below, parts, migrations, unmetered] = await Promise.all([
    readRegister(councilFolder, meters),
    readRegister(councilFolder, subMeters),
    readRegister(councilFolder, virtualMeters),
    readRegister(councilFolder, marketMigrations),
    readRegister(councilFolder, unmeteredInventory)
  ]);
  const known = knownIn(energies);
  known(meters.file, metersAt, ["meter_point_id"]);
  known(subMeters.file, below, ["meter_point_id", "parent_meter_point_id"]);
  known(virtualMeters.file, parts, ["virtual_meter_id", "meter_point_id"]);
  known(marketMigrations.file, migrations, ["meter_point_id"]);
  known(unmeteredInventory.file, unmetered, ["meter_point_id"]);
  checkUnits(metersAt, energies);
  checkParents(below, energies);
  checkParts(parts, energies);
  return {meters: metersAt, subMeters: below, virtualMeters: parts, migrations, unmetered};
}

const knownIn =
  (energies: Energies) =>
  (file: string, rows: readonly Lined<Record<string, unknown>>[], columns: readonly string[]) => {
    for (const row of rows)
      for (const column of columns)
        if (!energies.has(String(row[column])))
          throw failure(file, row.fileRow, column, row[column], "meter-points.csv has no such row");
  };

const volumes = new Set(["m3", "ft3", "hcf"]);

function checkUnits(rows: readonly Lined<MeteringRegisters["meters"][number]>[], energies: Energies): void {
  for (const {meter_point_id, unit, fileRow} of rows) {
    if (unit === null) continue;
    const energy = energies.get(meter_point_id);
    if (volumes.has(unit) && energy !== "gas" && energy !== "water")
      throw failure(meters.file, fileRow, "unit", unit, "a volume, and the meter is not of gas or water");
    if (!volumes.has(unit) && energy === "water")
      throw failure(meters.file, fileRow, "unit", unit, "no volume, and the meter is of water");
  }
}

function checkParents(rows: readonly Lined<MeteringRegisters["subMeters"][number]>[], energies: Energies): void {
  for (const row of rows) {
    const {meter_point_id, parent_meter_point_id, fileRow} = row;
    const fail = (why: string) => failure(subMeters.file, fileRow, "parent_meter_point_id", parent_meter_point_id, why);
    if (energies.get(meter_point_id) !== energies.get(parent_meter_point_id))
      throw fail("the parent measures another energy");
    if (isAbove(row, meter_point_id, rows)) throw fail("the parent is a sub-meter of its own sub-meter");
  }
}

/** Whether a meter stands above the parent of a row, at any time. */
function isAbove(
  {parent_meter_point_id}: MeteringRegisters["subMeters"][number],
  meterPoint: string,
  rows: MeteringRegisters["subMeters"]
): boolean {
  const above = new Set([parent_meter_point_id]);
  for (const name of above)
    for (const row of rows) if (row.meter_point_id === name) above.add(row.parent_meter_point_id);
  return above.has(meterPoint);
}

function checkParts(rows: readonly Lined<MeteringRegisters["virtualMeters"][number]>[], energies: Energies): void {
  const virtual = new Set(rows.map(({virtual_meter_id}) => virtual_meter_id));
  for (const {virtual_meter_id, meter_point_id, fileRow} of rows) {
    const fail = (why: string) => failure(virtualMeters.file, fileRow, "meter_point_id", meter_point_id, why);
    if (virtual.has(meter_point_id)) throw fail("it is itself virtual");
    if (["water", "heat"].includes(energies.get(virtual_meter_id) ?? ""))
      throw fail("a virtual meter adds up electricity or gas");
    if (energies.get(virtual_meter_id) !== energies.get(meter_point_id)) throw fail("it measures another energy");
  }
}

/** Puts them into the schema `council`; an open end of a life is the widest date. */
export async function loadMeteringRegisters(connection: Connection, read: MeteringRegisters): Promise<void> {
  await loadRegister(connection, meters, read.meters);
  await loadRegister(connection, subMeters, read.subMeters);
  await loadRegister(connection, virtualMeters, read.virtualMeters);
  await loadRegister(connection, marketMigrations, read.migrations);
  await loadRegister(connection, unmeteredInventory, read.unmetered);
}
