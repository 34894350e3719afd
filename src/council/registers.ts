import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {z} from "zod";
import {energy} from "../domain/energy.ts";
import {hasMpanCheckDigit, parseName} from "../domain/meter-points.ts";
import {CheckError} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";
import {type AnnualReturn, loadAnnualReturns, readAnnualReturns} from "./annual-returns.ts";
import {readPseudonymKey} from "./config.ts";
import {type FleetRegisters, loadFleetRegisters, readFleetRegisters} from "./fleet.ts";
import {type GenerationAsset, loadGenerationAssets, readGenerationAssets} from "./generation.ts";
import {loadMeteringRegisters, type MeteringRegisters, readMeteringRegisters} from "./metering.ts";
import {checkUnique, fill, id, readTable} from "./tables.ts";
import {loadTargets, readTargets, type Target} from "./targets.ts";

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const clock = z.string().regex(/^([01]\d|2[0-3]):[03]0$|^24:00$/, "a time on the half-hour, such as 08:30");
const openDays = z
  .string()
  .regex(new RegExp(`^(${weekdays.join("|")})(-(${weekdays.join("|")}))?$`), "days such as Mon-Fri");

const siteSchema = z
  .strictObject({
    site_id: id,
    name: z.string().min(1),
    kind: z.string().min(1),
    floor_area_m2: z
      .string()
      .regex(/^\d+(\.\d+)?$/, "a decimal number")
      .transform(Number)
      .pipe(z.number().positive())
      .nullable(),
    opens_at: clock.nullable(),
    closes_at: clock.nullable(),
    open_days: openDays.nullable()
  })
  .refine(
    site =>
      [site.opens_at, site.closes_at, site.open_days].every(part => part === null) ||
      (site.opens_at !== null && site.closes_at !== null && site.open_days !== null),
    {
      message: "opens_at, closes_at and open_days go together"
    }
  )
  .refine(site => site.opens_at === null || site.closes_at === null || site.opens_at < site.closes_at, {
    message: "closes_at is not after opens_at"
  });

const meterPointSchema = z
  .strictObject({
    meter_point_id: id,
    site_id: id,
    energy,
    /** Other names the meter goes by in files, separated by semicolons. */
    known_as: z.string().nullable(),
    valid_from: z.iso.date().nullable(),
    valid_to: z.iso.date().nullable()
  })
  .refine(
    meter =>
      meter.energy !== "electricity" ||
      !/^\d{13}$/.test(meter.meter_point_id) ||
      hasMpanCheckDigit(meter.meter_point_id),
    {
      message: "the check digit of the MPAN does not fit",
      path: ["meter_point_id"]
    }
  )
  .refine(meter => meter.valid_from === null || meter.valid_to === null || meter.valid_from <= meter.valid_to, {
    message: "valid_to is before valid_from"
  });

const unitSchema = z.strictObject({
  unit: z.string(),
  measures: z.enum(["energy", "volume"]),
  amount: z.coerce.number().positive(),
  of: z.string(),
  source: z.string()
});

const gasConversionSchema = z.strictObject({
  valid_from: z.iso.date(),
  valid_to: z.iso.date(),
  calorific_value_mj_per_m3: z.coerce.number().positive(),
  volume_correction: z.coerce.number().positive(),
  source: z.string().min(1),
  confirmation: z.enum(["confirmed", "unconfirmed"]),
  who_could_confirm: z.string().nullable()
});

/** What the council and the published references say, as the models need it. */
export interface Registers {
  readonly sites: readonly z.infer<typeof siteSchema>[];
  readonly meterPoints: readonly z.infer<typeof meterPointSchema>[];
  readonly units: readonly z.infer<typeof unitSchema>[];
  readonly gasConversions: readonly z.infer<typeof gasConversionSchema>[];
  readonly metering: MeteringRegisters;
  readonly fleet: FleetRegisters;
  readonly generationAssets: readonly GenerationAsset[];
  readonly annualReturns: readonly AnnualReturn[];
  readonly targets: readonly Target[];
}

const reference = fileURLToPath(new URL("../../data/reference/", import.meta.url));

/** Reads and checks the council's registers and canopy's own reference tables. An error names file, row, column and value. */
export async function readRegisters(dataFolder: string): Promise<Registers> {
  const council = join(dataFolder, "council");
  const [sites, meterPoints, units, gasConversions] = await Promise.all([
    readTable(join(council, "sites.csv"), siteSchema),
    readTable(join(council, "meter-points.csv"), meterPointSchema),
    readTable(join(reference, "units.csv"), unitSchema),
    readTable(join(reference, "gas-conversion.csv"), gasConversionSchema)
  ]);
  checkUnique(
    sites.map(({site_id, line}) => ({value: site_id, line})),
    "sites.csv",
    "site_id"
  );
  checkUnique(
    meterPoints.flatMap(meter => namesOf(meter).map(value => ({value, line: meter.line}))),
    "meter-points.csv",
    "a meter's name"
  );
  const known = new Set(sites.map(({site_id}) => site_id));
  const homeless = meterPoints.find(({site_id}) => !known.has(site_id));
  if (homeless)
    throw new CheckError(
      `meter-points.csv, row ${homeless.line}, site_id: ${homeless.site_id}: sites.csv has no such site`
    );
  const metering = await readMeteringRegisters(
    council,
    new Map(meterPoints.map(({meter_point_id, energy}) => [meter_point_id, energy]))
  );
  const fleet = await readFleetRegisters(council, known, () => readPseudonymKey(dataFolder));
  const generationAssets = await readGenerationAssets(council, known, meterPoints);
  const annualReturns = await readAnnualReturns(council);
  const targets = await readTargets(council);
  return {sites, meterPoints, units, gasConversions, metering, fleet, generationAssets, annualReturns, targets};
}

/** Every key under which a meter point's reads may have landed. */
function namesOf(meter: Registers["meterPoints"][number]): string[] {
  const others = (meter.known_as ?? "")
    .split(";")
    .map(name => name.trim())
    .filter(name => name !== "");
  const keys = others.flatMap(name => (isNumber(name) ? [name] : keyOfName(name)));
  const ownName = isNumber(meter.meter_point_id) ? [] : keyOfName(meter.meter_point_id);
  return [...new Set([meter.meter_point_id, ...ownName, ...keys])];
}

const isNumber = (name: string) => /^\d{6,13}$/.test(name);

function keyOfName(name: string): string[] {
  const parsed = parseName(name);
  return "key" in parsed ? [parsed.key] : [];
}

/** Puts the registers into the schemas `council` and `reference` of the connection's scratch database. */
export async function loadRegisters(
  connection: Connection,
  {sites, meterPoints, units, gasConversions, metering, fleet, generationAssets, annualReturns, targets}: Registers
): Promise<void> {
  await loadMeteringRegisters(connection, metering);
  await loadFleetRegisters(connection, fleet);
  await loadGenerationAssets(connection, generationAssets);
  await loadAnnualReturns(connection, annualReturns);
  await loadTargets(connection, targets);
  await fill(
    connection,
    "council.sites",
    "site_id varchar, site_name varchar, kind varchar, floor_area_m2 double",
    sites.map(({site_id, name, kind, floor_area_m2}) => ({site_id, site_name: name, kind, floor_area_m2}))
  );
  await fill(
    connection,
    "council.site_hours",
    "site_id varchar, weekday integer, opens_half_hour integer, closes_half_hour integer",
    sites.flatMap(hoursOf)
  );
  await fill(
    connection,
    "council.meter_points",
    "meter_point_id varchar, site_id varchar, energy varchar, valid_from date, valid_to date",
    meterPoints.map(({meter_point_id, site_id, energy, valid_from, valid_to}) => ({
      meter_point_id,
      site_id,
      energy,
      valid_from,
      valid_to
    }))
  );
  await fill(
    connection,
    "council.meter_names",
    "meter_key varchar, meter_point_id varchar",
    meterPoints.flatMap(meter => namesOf(meter).map(meter_key => ({meter_key, meter_point_id: meter.meter_point_id})))
  );
  await fill(
    connection,
    "reference.units",
    "unit varchar, measures varchar, amount double",
    units.map(({unit, measures, amount}) => ({unit, measures, amount}))
  );
  await fill(
    connection,
    "reference.gas_conversions",
    "valid_from date, valid_to date, calorific_value_mj_per_m3 double, volume_correction double",
    gasConversions.map(({valid_from, valid_to, calorific_value_mj_per_m3, volume_correction}) => ({
      valid_from,
      valid_to,
      calorific_value_mj_per_m3,
      volume_correction
    }))
  );
}

/** A row per weekday: opening and closing as half-hours of the wall clock; a closed day opens and closes at 0. */
function hoursOf({site_id, opens_at, closes_at, open_days}: Registers["sites"][number]) {
  if (opens_at === null || closes_at === null || open_days === null) return [];
  const [first, last = first] = open_days.split("-").map(day => weekdays.indexOf(day as (typeof weekdays)[number]));
  return weekdays.map((_, index) => {
    const isOpen =
      (first ?? 0) <= (last ?? 0)
        ? index >= (first ?? 0) && index <= (last ?? 0)
        : index >= (first ?? 0) || index <= (last ?? 0);
    return {
      site_id,
      weekday: index + 1,
      opens_half_hour: isOpen ? halfHourOf(opens_at) : 0,
      closes_half_hour: isOpen ? halfHourOf(closes_at) : 0
    };
  });
}

function halfHourOf(time: string): number {
  return 2 * Number(time.slice(0, 2)) + Number(time.slice(3)) / 30;
}
