import {readFile} from "node:fs/promises";
import {fileURLToPath} from "node:url";
import {z} from "zod";
import {decimal, fill, readTable} from "../council/tables.ts";
import {parseRegister} from "../domain/csv.ts";
import {CheckError} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";

const factorChangeSchema = z.strictObject({
  activity: z.string(),
  line: z.string(),
  unit: z.string(),
  from_set: z.coerce.number().int(),
  to_set: z.coerce.number().int(),
  change_percent: z.coerce.number(),
  reason: z.string().nullable(),
  kind: z.string().nullable(),
  source: z.string(),
  who_could_explain: z.string().nullable()
});

const benchmarkSchema = z.strictObject({
  category: z.string(),
  electricity_kwh_per_m2: decimal,
  fossil_thermal_kwh_per_m2: decimal,
  /** Kinds of site that it is the benchmark of, separated by semicolons. */
  site_kinds: z.string().transform(kinds => kinds.split(";")),
  source: z.string()
});

const ratingFactorSchema = z.strictObject({
  fuel: z.enum(["electricity", "fossil thermal"]),
  kg_co2_per_kwh: decimal,
  valid_from: z.iso.date(),
  valid_to: z.iso.date().nullable(),
  source: z.string(),
  note: z.string().nullable()
});

const greyFleetKindSchema = z.strictObject({
  /** Which column of a claim the words stand in. */
  said_of: z.enum(["vehicle", "fuel"]),
  words: z.string().regex(/^[a-z0-9]+( [a-z0-9]+)*$/, "lower-case words and single spaces"),
  /** The factor's activity; `by fuel` where the words say a car and no more, `none` where nothing is burnt. */
  activity: z.string().min(1)
});

const energySourceSchema = z.strictObject({
  rank: z.coerce.number().int(),
  source: z.string(),
  is_estimated: z.enum(["true", "false"]).transform(text => text === "true"),
  meaning: z.string()
});

/** Published facts that are neither factors nor borough statistics: why factors moved, and what a typical building uses. */
export interface References {
  readonly factorChanges: readonly z.infer<typeof factorChangeSchema>[];
  readonly benchmarks: readonly z.infer<typeof benchmarkSchema>[];
  readonly ratingFactors: readonly z.infer<typeof ratingFactorSchema>[];
  /** What is known of a half-hour, best first. */
  readonly energySources: readonly z.infer<typeof energySourceSchema>[];
  /** What employees' claims call their vehicles. */
  readonly greyFleetKinds: readonly z.infer<typeof greyFleetKindSchema>[];
}

const file = (name: string) => fileURLToPath(new URL(`../../data/reference/${name}`, import.meta.url));

/** Reads and checks them. */
export async function readReferences(): Promise<References> {
  const [factorChanges, benchmarks, ratingFactors, energySources, greyFleetKinds] = await Promise.all([
    readFactorChanges(),
    readTable(file("tm46-benchmarks.csv"), benchmarkSchema),
    readTable(file("rating-factors.csv"), ratingFactorSchema),
    readTable(file("energy-sources.csv"), energySourceSchema),
    readTable(file("grey-fleet-kinds.csv"), greyFleetKindSchema)
  ]);
  return {factorChanges, benchmarks, ratingFactors, energySources, greyFleetKinds};
}

/** Not by `readTable`, whose rows carry their line of the file: a factor's line is something else. */
async function readFactorChanges(): Promise<References["factorChanges"]> {
  return parseRegister(await readFile(file("factor-changes.csv"), "utf8")).map(({line, cells}) => {
    const result = factorChangeSchema.safeParse(cells);
    if (!result.success) throw new CheckError(`factor-changes.csv, row ${line}: ${z.prettifyError(result.error)}`);
    return result.data;
  });
}

/** Puts them into the schema `reference`. */
export async function loadReferences(connection: Connection, references: References): Promise<void> {
  await fill(
    connection,
    "reference.factor_changes",
    "activity varchar, line varchar, unit varchar, to_set integer, change_percent double, kind varchar",
    references.factorChanges
  );
  await fill(
    connection,
    "reference.benchmarks",
    "site_kind varchar, category varchar, electricity_kwh_per_m2 double, fossil_thermal_kwh_per_m2 double",
    references.benchmarks.flatMap(({site_kinds, ...benchmark}) =>
      site_kinds.map(site_kind => ({...benchmark, site_kind}))
    )
  );
  await fill(
    connection,
    "reference.rating_factors",
    "fuel varchar, kg_co2_per_kwh double, valid_from date, valid_to date",
    references.ratingFactors
  );
  await fill(
    connection,
    "reference.energy_sources",
    "rank integer, source varchar, is_estimated boolean",
    references.energySources
  );
  await fill(
    connection,
    "reference.grey_fleet_kinds",
    "said_of varchar, words varchar, activity varchar",
    references.greyFleetKinds
  );
}
