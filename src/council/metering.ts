import {join} from "node:path";
import {z} from "zod";
import {CheckError} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";
import {type Migration, migrationSchema} from "./market-migrations.ts";
import {areTogether, checkUnique, decimal, fill, id, isBackwards, type Lined, life, readTable} from "./tables.ts";

const backwards = {message: "valid_to is before valid_from", path: ["valid_to"]};
const whole = z
  .string()
  .regex(/^\d{1,9}$/, "a whole number")
  .transform(Number);

const meterSchema = z
  .strictObject({
    meter_point_id: id,
    /** The serial number on the meter; a new one is a new row from the day of the exchange. */
    serial: z.string().min(1).nullable(),
    /** What its readings are in where files do not say. */
    unit: z.enum(["kWh", "Wh", "MWh", "GJ", "m3", "ft3", "hcf"]).nullable(),
    /** Digits before a register turns over to nought. */
    digits: whole.pipe(z.number().min(3).max(12)).nullable(),
    /** What one step of the register stands for. */
    multiplier: decimal.pipe(z.number().positive()).nullable(),
    /** For temperature and pressure, where the site has its own. */
    volume_correction: decimal.pipe(z.number().positive()).nullable(),
    /** The gas distribution zone whose daily calorific value holds, such as NW. */
    gas_zone: z
      .string()
      .regex(/^[A-Z]{2}$/, "two capitals, such as NW")
      .nullable(),
    ...life
  })
  .refine(meter => !isBackwards(meter), backwards);

const subMeterSchema = z
  .strictObject({meter_point_id: id, parent_meter_point_id: id, ...life})
  .refine(meter => !isBackwards(meter), backwards)
  .refine(meter => meter.meter_point_id !== meter.parent_meter_point_id, {
    message: "a meter is no sub-meter of itself",
    path: ["parent_meter_point_id"]
  });

const virtualMeterSchema = z
  .strictObject({
    virtual_meter_id: id,
    meter_point_id: id,
    /** How much of the meter counts: 1, a part, or less than nought to take it off. */
    share: z
      .string()
      .regex(/^-?\d{1,3}(\.\d{1,6})?$/, "a decimal number")
      .transform(Number),
    ...life
  })
  .refine(meter => !isBackwards(meter), backwards);

const inventorySchema = z
  .strictObject({
    meter_point_id: id,
    charge_code: z.string().regex(/^\d{13}$/, "13 digits"),
    switch_regime: z.string().regex(/^[0-9A-Z]{3}$/, "three characters"),
    items: whole.pipe(z.number().positive()),
    circuit_watts: decimal.pipe(z.number().positive()),
    burning_hours_a_year: decimal.pipe(z.number().positive().max(8784)),
    source: z.string().min(1),
    ...life
  })
  .refine(row => !isBackwards(row), backwards);

/** How meter points are metered, as it was from day to day. Every register of these may be absent. */
export interface MeteringRegisters {
  readonly meters: readonly z.infer<typeof meterSchema>[];
  readonly subMeters: readonly z.infer<typeof subMeterSchema>[];
  readonly virtualMeters: readonly z.infer<typeof virtualMeterSchema>[];
  readonly migrations: readonly Migration[];
  readonly unmetered: readonly z.infer<typeof inventorySchema>[];
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
  const read = <S extends z.ZodObject>(file: string, schema: S) =>
    readTable(join(councilFolder, file), schema, {isOptional: true});
  const [meters, subMeters, virtualMeters, migrations, unmetered] = await Promise.all([
    read("meters.csv", meterSchema),
    read("sub-meters.csv", subMeterSchema),
    read("virtual-meters.csv", virtualMeterSchema),
    read("market-migrations.csv", migrationSchema),
    read("unmetered-inventory.csv", inventorySchema)
  ]);
  const known = knownIn(energies);
  known("meters.csv", meters, ["meter_point_id"]);
  known("sub-meters.csv", subMeters, ["meter_point_id", "parent_meter_point_id"]);
  known("virtual-meters.csv", virtualMeters, ["virtual_meter_id", "meter_point_id"]);
  known("market-migrations.csv", migrations, ["meter_point_id"]);
  known("unmetered-inventory.csv", unmetered, ["meter_point_id"]);
  alone("meters.csv", meters, ["meter_point_id"], "two meters stand at one point on one day");
  alone("sub-meters.csv", subMeters, ["meter_point_id"], "a sub-meter has two parents on one day");
  alone(
    "virtual-meters.csv",
    virtualMeters,
    ["virtual_meter_id", "meter_point_id"],
    "a meter is in a virtual one twice"
  );
  alone("unmetered-inventory.csv", unmetered, ["meter_point_id", "charge_code", "switch_regime"], "items stand twice");
  checkUnique(
    migrations.map(({meter_point_id, line}) => ({value: meter_point_id, line})),
    "market-migrations.csv",
    "meter_point_id"
  );
  checkUnits(meters, energies);
  checkParents(subMeters, energies);
  checkParts(virtualMeters, energies);
  return {meters, subMeters, virtualMeters, migrations, unmetered};
}

const failure = (file: string, line: number, column: string, value: string, why: string) =>
  new CheckError(`${file}, row ${line}, ${column}: ${value}: ${why}`);

const knownIn =
  (energies: Energies) =>
  (file: string, rows: readonly Lined<Record<string, unknown>>[], columns: readonly string[]) => {
    for (const row of rows)
      for (const column of columns)
        if (!energies.has(String(row[column])))
          throw failure(file, row.line, column, String(row[column]), "meter-points.csv has no such row");
  };

const volumes = new Set(["m3", "ft3", "hcf"]);

function checkUnits(meters: readonly Lined<MeteringRegisters["meters"][number]>[], energies: Energies): void {
  const wrong = meters.find(
    ({meter_point_id, unit}) => unit !== null && volumes.has(unit) && energies.get(meter_point_id) !== "gas"
  );
  if (wrong)
    throw failure("meters.csv", wrong.line, "unit", String(wrong.unit), "a volume, and the meter is not of gas");
}

function checkParents(rows: readonly Lined<MeteringRegisters["subMeters"][number]>[], energies: Energies): void {
  for (const row of rows) {
    const {meter_point_id, parent_meter_point_id, line} = row;
    const fail = (why: string) => failure("sub-meters.csv", line, "parent_meter_point_id", parent_meter_point_id, why);
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
  for (const {virtual_meter_id, meter_point_id, share, line} of rows) {
    const fail = (why: string) => failure("virtual-meters.csv", line, "meter_point_id", meter_point_id, why);
    if (virtual.has(meter_point_id)) throw fail("it is itself virtual");
    if (energies.get(virtual_meter_id) !== energies.get(meter_point_id)) throw fail("it measures another energy");
    if (share === 0) throw failure("virtual-meters.csv", line, "share", String(share), "none of the meter");
  }
}

/** Refuses rows of one name that share a day. */
function alone<T extends {readonly valid_from: string | null; readonly valid_to: string | null}>(
  file: string,
  rows: readonly Lined<T>[],
  columns: readonly (keyof T & string)[],
  why: string
): void {
  const nameOf = (row: T) => columns.map(column => row[column]).join(" ");
  for (const row of rows)
    if (rows.some(other => other.line < row.line && nameOf(other) === nameOf(row) && areTogether(other, row)))
      throw failure(file, row.line, columns.join(" "), nameOf(row), why);
}

const always = {valid_from: "1900-01-01", valid_to: "9999-12-31"};
const dated = <T extends {valid_from: string | null; valid_to: string | null}>(row: T) => ({
  ...row,
  valid_from: row.valid_from ?? always.valid_from,
  valid_to: row.valid_to ?? always.valid_to
});

/** Puts them into the schema `council`; a life without an end has the widest dates. */
export async function loadMeteringRegisters(
  connection: Connection,
  {meters, subMeters, virtualMeters, migrations, unmetered}: MeteringRegisters
): Promise<void> {
  await fill(
    connection,
    "council.meters",
    "meter_point_id varchar, serial varchar, unit varchar, digits integer, multiplier double, volume_correction double, gas_zone varchar, valid_from date, valid_to date",
    meters.map(dated)
  );
  await fill(
    connection,
    "council.sub_meters",
    "meter_point_id varchar, parent_meter_point_id varchar, valid_from date, valid_to date",
    subMeters.map(dated)
  );
  await fill(
    connection,
    "council.virtual_meters",
    "virtual_meter_id varchar, meter_point_id varchar, share double, valid_from date, valid_to date",
    virtualMeters.map(dated)
  );
  await fill(
    connection,
    "council.market_migrations",
    "meter_point_id varchar, migrated_on date, agent varchar, clock_before varchar, clock_after varchar",
    migrations
  );
  await fill(
    connection,
    "council.unmetered_inventory",
    "meter_point_id varchar, charge_code varchar, switch_regime varchar, items integer, circuit_watts double, burning_hours_a_year double, valid_from date, valid_to date",
    unmetered.map(dated)
  );
}
