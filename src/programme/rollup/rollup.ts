import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {CliError} from "../../errors.ts";
import {readFromMarts} from "../../models/read-mart.ts";
import {readThresholds, setThresholds} from "../../reference/thresholds.ts";
import {type Connection, openDatabase, quoteName, quoteText} from "../../warehouse/connection.ts";
import {insertRows} from "../../warehouse/insert-rows.ts";
import {loadMacros} from "../../warehouse/warehouse.ts";
import {lakeFolder, type Programme} from "../folder.ts";
import {type LakeEdition, lakeSchema, newestOf, readLake} from "../lake.ts";

/** The tables of a roll-up: each is `NAME.sql` over the lake, and its columns. */
export const rollupTables = {
  councils: z.object({
    /** Its ONS code. */
    council: z.string(),
    council_name: z.string(),
    /** Its folder in the programme; null where the lake has a council that the programme has not. */
    folder: z.string().nullable(),
    edition: z.string(),
    as_of: z.string(),
    status: z.enum(["draft", "final"]),
    is_illustrative: z.boolean(),
    has_pages: z.boolean(),
    canopy_version: z.string(),
    /** Whether its tables are of another schema than this canopy writes: columns that it lacks are missing. */
    is_other_schema: z.boolean(),
    /** The last year that is over and has a figure; null where there is none. 2025 is April 2025 to March 2026. */
    reporting_year: z.int().nullable(),
    /** Scopes 1 and 2 of it; at least so much where it is not whole. */
    t_co2e: z.number().nullable(),
    is_whole_year: z.boolean().nullable(),
    held_share: z.number().nullable()
  }),
  years: z.object({
    reporting_year: z.int(),
    has_ended: z.boolean(),
    /** Councils of the lake. */
    councils: z.int(),
    /** Those whose year is whole. */
    whole_councils: z.int(),
    whole_t_co2e: z.number().nullable(),
    /** Those of which a part is held. */
    part_councils: z.int(),
    /** What those come to at the least. */
    part_at_least_t_co2e: z.number().nullable(),
    /** Those without a figure of the year. */
    councils_without: z.int(),
    /** Of what is expected of all of them; null where of one nothing says what to expect. */
    held_share: z.number().nullable(),
    is_provisional: z.boolean()
  }),
  sources: z.object({
    reporting_year: z.int(),
    emission_source: z.string(),
    scope: z.enum(["1", "2", "3"]),
    has_ended: z.boolean(),
    whole_councils: z.int(),
    whole_t_co2e: z.number().nullable(),
    part_councils: z.int(),
    part_at_least_t_co2e: z.number().nullable(),
    is_provisional: z.boolean()
  }),
  kinds: z.object({
    /** `other kinds` are those of which there are too few to be shown. */
    site_kind: z.string(),
    buildings: z.int(),
    councils: z.int(),
    /** Those of which enough is read; the figures are of them. */
    read_buildings: z.int(),
    lower_kwh_per_m2: z.number(),
    middle_kwh_per_m2: z.number(),
    upper_kwh_per_m2: z.number(),
    middle_tm46_rating: z.number()
  }),
  boroughs: z.object({
    statistic: z.string(),
    statistic_name: z.string(),
    release: z.string(),
    area_code: z.string(),
    area_name: z.string(),
    gases: z.enum(["CO2", "CO2 CH4 N2O"]),
    /** The first and the last year that all of them have. */
    first_year: z.int(),
    last_year: z.int(),
    first_year_kt: z.number().nullable(),
    last_year_kt: z.number().nullable(),
    source: z.string(),
    licence: z.string(),
    why_not_measure_of_target: z.string()
  })
} as const;

export type RollupName = keyof typeof rollupTables;
export type RollupRow<Name extends RollupName> = z.infer<(typeof rollupTables)[Name]>;

/** What the newest editions of all councils come to. */
export type Rollup = {readonly [Name in RollupName]: readonly RollupRow<Name>[]} & {
  /** Councils of the programme that have no edition in the lake. */
  readonly without: readonly string[];
  /** Folders of the lake that cannot be read: they are in nothing. */
  readonly unreadable: readonly string[];
};

/** The open tables of the lake that the roll-up reads. */
const readTables = ["reporting_years", "emissions_by_source", "site_ratings", "borough_emissions"] as const;

/**
 * Reads the newest edition of each council from the lake, and works out what they come to together. Nothing but Parquet files is read.
 *
 * @throws CliError where the lake holds no edition.
 */
export async function rollUp(programme: Programme, asOf: string): Promise<Rollup> {
  const lake = lakeFolder(programme.path);
  const {editions, unreadable} = await readLake(lake);
  const newest = [...newestOf(editions).values()];
  if (newest.length === 0)
    throw new CliError(`the lake of ${programme.name} holds no edition yet: canopy councils run ${programme.path}`);
  const database = await openDatabase(":memory:", {folders: [lake]});
  const connection = await database.connect();
  try {
    await loadMacros(connection);
    await setThresholds(connection, await readThresholds(), asOf);
    await showLake(connection, newest, programme);
    const codes = new Set(newest.map(({manifest}) => manifest.council));
    return {
      councils: await askRollup(connection, "councils"),
      years: await askRollup(connection, "years"),
      sources: await askRollup(connection, "sources"),
      kinds: await askRollup(connection, "kinds"),
      boroughs: await askRollup(connection, "boroughs"),
      without: programme.councils.filter(({onsCode}) => !codes.has(onsCode)).map(({folder}) => folder),
      unreadable
    };
  } finally {
    connection.close();
    database.close();
  }
}

async function askRollup<Name extends RollupName>(connection: Connection, name: Name): Promise<RollupRow<Name>[]> {
  const sql = await readFile(new URL(`./${name}.sql`, import.meta.url), "utf8");
  return (await readFromMarts(connection, rollupTables[name] as z.ZodObject, sql)) as RollupRow<Name>[];
}

/** What an edition of the lake says of itself. */
const entryShape = {
  ...{council: "varchar", council_name: "varchar", folder: "varchar", edition: "varchar", as_of: "date"},
  ...{status: "varchar", is_illustrative: "boolean", has_pages: "boolean", canopy_version: "varchar"},
  is_other_schema: "boolean"
};

/** Makes each table that is asked a view over the Parquet files of these editions, and `lake.entries` of what they say of themselves. */
async function showLake(connection: Connection, editions: readonly LakeEdition[], programme: Programme): Promise<void> {
  await connection.run("create schema lake");
  const columns = Object.entries(entryShape).map(([name, type]) => `${name} ${type}`);
  await connection.run(`create table lake.entries (${columns.join(", ")})`);
  const folders = new Map(programme.councils.map(({onsCode, folder}) => [onsCode, folder]));
  await insertRows(
    connection,
    "lake.entries",
    entryShape,
    editions.map(({manifest: m}) => ({
      ...{council: m.council, council_name: m.name, folder: folders.get(m.council) ?? null, edition: m.edition},
      ...{as_of: m.as_of, status: m.status, is_illustrative: m.illustrative, has_pages: m.has_pages},
      ...{canopy_version: m.canopy.version, is_other_schema: m.canopy_lake !== lakeSchema}
    }))
  );
  for (const table of readTables) {
    const files = editions.flatMap(({folder, manifest}) =>
      manifest.tables.filter(({name}) => name === table).map(({path}) => quoteText(join(folder, path)))
    );
    if (files.length === 0) throw new CliError(`no edition of the lake has the table ${table}`);
    await connection.run(
      `create view lake.${quoteName(table)} as
       from read_parquet([${files.join(", ")}], union_by_name = true, hive_partitioning = true, hive_types_autocast = false)`
    );
  }
}
