import {readFile} from "node:fs/promises";
import {join, relative} from "node:path";
import {z} from "zod";
import {noneWhereAbsent} from "../../durable.ts";
import {CliError} from "../../errors.ts";
import {sha256Of} from "../../frozen/manifest.ts";
import type {Mart} from "../../models/mart.ts";
import {boroughEmissions} from "../../models/marts/borough_emissions.ts";
import {emissionsBySource} from "../../models/marts/emissions_by_source.ts";
import {reportingYears} from "../../models/marts/reporting_years.ts";
import {siteRatings} from "../../models/marts/site_ratings.ts";
import {readFromMarts} from "../../models/read-mart.ts";
import {readThresholds, setThresholds} from "../../reference/thresholds.ts";
import {type Connection, openDatabase, quoteName, quoteText} from "../../warehouse/connection.ts";
import {insertRows} from "../../warehouse/insert-rows.ts";
import {loadMacros} from "../../warehouse/warehouse.ts";
import {type Council, lakeFolder, type Programme} from "../folder.ts";
import {type LakeEdition, lakeSchema, readLake} from "../lake.ts";
import {type RollupName, type RollupRow, readRollupSql, rollupTables} from "./tables.ts";

/** What the newest editions of all councils come to. */
export type Rollup = {readonly [Name in RollupName]: readonly RollupRow<Name>[]} & {
  /** The last day that the newest edition speaks of, ISO. */
  readonly asOf: string;
  /** Councils of the programme that have no edition in the lake which can be read. */
  readonly without: readonly Pick<Council, "folder" | "name">[];
  /** Editions of the lake that cannot be read, or are not as they were written, by their folder in it: they are in nothing. */
  readonly unreadable: readonly string[];
  /** From how many buildings on a kind is shown by itself. */
  readonly leastBuildings: number;
};

/** The open tables of the lake that the roll-up reads, which of their columns, and which rows: a file costs time by what is read of it. */
const readTables = [
  asked(reportingYears, [
    ...(["reporting_year", "scope_1_and_2_t_co2e", "has_ended", "is_whole_year", "is_provisional"] as const),
    ...(["expected_t_co2e", "held_t_co2e", "held_share"] as const)
  ]),
  asked(emissionsBySource, [
    ...(["reporting_year", "emission_source", "scope", "emissions_t_co2e", "is_whole_year", "is_provisional"] as const)
  ]),
  asked(siteRatings, ["site_kind", "electricity_kwh_per_m2", "gas_kwh_per_m2", "tm46_rating"]),
  asked(
    boroughEmissions,
    [
      ...([
        "area_code",
        "area_name",
        "year",
        "statistic",
        "release",
        "statistic_name",
        "gases",
        "is_all_sectors"
      ] as const),
      ...(["emissions_kt_co2", "emissions_kt_co2e", "source", "licence", "why_not_measure_of_target"] as const)
    ],
    "is_all_sectors and area_code = council"
  )
];

function asked<Shape extends z.ZodRawShape>(
  {name, row}: Mart<Shape>,
  columns: readonly (keyof Shape & string)[],
  where = "true"
) {
  return {name, columns: columns.map(column => [column, row.shape[column]] as const), where};
}

/**
 * Reads the newest edition of each council from the lake, and works out what they come to together. Nothing but Parquet files is read, and the clock is not
 * asked: the same lake gives the same rows.
 *
 * @throws CliError where the lake holds no edition.
 */
export async function rollUp(programme: Programme): Promise<Rollup> {
  const lake = lakeFolder(programme.path);
  const {newest, unreadable} = await newestSound(lake);
  if (newest.length === 0)
    throw new CliError(
      [
        `the lake of ${programme.name} holds no edition ${unreadable.length > 0 ? "that can be read" : "yet"}: canopy councils run ${programme.path}`,
        ...unreadable.map(folder => `  cannot be read: ${folder}`)
      ].join("\n")
    );
  const asOf =
    newest
      .map(({manifest}) => manifest.as_of)
      .sort()
      .at(-1) ?? "";
  const codes = new Set(newest.map(({manifest}) => manifest.council));
  const without = programme.councils.filter(({onsCode}) => !codes.has(onsCode));
  const database = await openDatabase(":memory:", {folders: [lake]});
  const connection = await database.connect();
  try {
    await loadMacros(connection);
    await setThresholds(connection, await readThresholds(), asOf);
    await showLake(connection, newest, programme, without);
    const {least} = await connection.row<{least: number}>("select threshold('least_in_rollup')::integer as least");
    return {
      councils: await askRollup(connection, "councils"),
      council_years: await askRollup(connection, "council_years"),
      years: await askRollup(connection, "years"),
      sources: await askRollup(connection, "sources"),
      kinds: await askRollup(connection, "kinds"),
      boroughs: await askRollup(connection, "boroughs"),
      asOf,
      without: without.map(({folder, name}) => ({folder, name})),
      unreadable,
      leastBuildings: least
    };
  } finally {
    connection.close();
    database.close();
  }
}

async function askRollup<Name extends RollupName>(connection: Connection, name: Name): Promise<RollupRow<Name>[]> {
  const sql = await readRollupSql(name);
  return (await readFromMarts(connection, rollupTables[name] as z.ZodObject, sql)) as RollupRow<Name>[];
}

/** The newest edition of each council whose tables are as they were written, by the council's code; and those that are newer and are not. */
async function newestSound(lake: string) {
  const {editions, unreadable} = await readLake(lake);
  const byCouncil = new Map<string, LakeEdition[]>();
  for (const edition of editions) {
    const {council} = edition.manifest;
    byCouncil.set(council, [edition, ...(byCouncil.get(council) ?? [])]);
  }
  const all = [...byCouncil.values()];
  const looked: {readonly sound: LakeEdition | null; readonly unsound: readonly LakeEdition[]}[] = [];
  for (let from = 0; from < all.length; from += atOnce)
    looked.push(...(await Promise.all(all.slice(from, from + atOnce).map(firstSound))));
  const newest = looked.flatMap(({sound}) => sound ?? []);
  const unsound = looked.flatMap(each => each.unsound.map(({folder}) => relative(lake, folder)));
  return {newest, unreadable: [...unreadable, ...unsound].sort()};
}

/** How many councils' files are open at once. */
const atOnce = 16;

async function firstSound(newestFirst: readonly LakeEdition[]) {
  const unsound: LakeEdition[] = [];
  for (const edition of newestFirst) {
    if (await isSound(edition)) return {sound: edition, unsound};
    unsound.push(edition);
  }
  return {sound: null, unsound};
}

/** Whether each table of an edition that is asked is there with the bytes that were written. */
async function isSound({folder, manifest}: LakeEdition): Promise<boolean> {
  const names = new Set<string>(readTables.map(({name}) => name));
  const asked = manifest.tables.filter(({name}) => names.has(name));
  const sound = await Promise.all(
    asked.map(async ({path, sha256}) => {
      const bytes = await readFile(join(folder, path)).catch(noneWhereAbsent);
      return bytes instanceof Buffer && sha256Of(bytes) === sha256;
    })
  );
  return sound.every(Boolean);
}

/** What an edition of the lake says of itself. */
const entryShape = {
  ...{council: "varchar", council_name: "varchar", folder: "varchar", edition: "varchar", as_of: "date"},
  ...{status: "varchar", is_illustrative: "boolean", has_pages: "boolean", canopy_version: "varchar"},
  is_other_schema: "boolean"
};

/**
 * Reads each table that is asked from the Parquet files of these editions, once, `lake.entries` of what they say of themselves, and `lake.councils` of the
 * councils that there are, those without an edition too.
 */
async function showLake(
  connection: Connection,
  editions: readonly LakeEdition[],
  programme: Programme,
  without: readonly Council[]
): Promise<void> {
  await connection.run("create schema lake");
  const columns = Object.entries(entryShape).map(([name, type]) => `${name} ${type}`);
  await connection.run(`create table lake.entries (${columns.join(", ")})`);
  await connection.run("create table lake.councils (council varchar)");
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
  const councils = [...editions.map(({manifest}) => manifest.council), ...without.map(({onsCode}) => onsCode)];
  await insertRows(
    connection,
    "lake.councils",
    {council: "varchar"},
    councils.map(council => ({council}))
  );
  for (const {name, columns: asked, where} of readTables) {
    const files = editions.flatMap(({folder, manifest}) =>
      manifest.tables.filter(table => table.name === name).map(({path}) => quoteText(join(folder, path)))
    );
    const known = [["council", z.string()] as const, ...asked];
    const names = known.map(([column]) => quoteName(column)).join(", ");
    const none = known.map(([column, type]) => `null::${sqlTypeOf(type as z.core.$ZodType)} as ${quoteName(column)}`);
    const held = `union all by name
       select * from read_parquet([${files.join(", ")}], union_by_name = true, hive_partitioning = true, hive_types_autocast = false)`;
    await connection.run(
      `create table lake.${quoteName(name)} as
       select ${names} from (select ${none.join(", ")} where false ${files.length === 0 ? "" : held}) where ${where}`
    );
  }
}

/** How a column of a mart is held, so that one that no edition has is there, and missing. */
function sqlTypeOf(type: z.core.$ZodType): string {
  if (type instanceof z.ZodNullable) return sqlTypeOf(type.def.innerType);
  if (type instanceof z.ZodBoolean) return "boolean";
  if (type instanceof z.ZodNumber) return type.format === "safeint" ? "integer" : "double";
  return "varchar";
}
