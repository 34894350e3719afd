import {createHash} from "node:crypto";
import {rename, rm} from "node:fs/promises";
import {z} from "zod";
import type {Config} from "../council/config.ts";
import {loadRegisters, type Registers, readRegisters} from "../council/registers.ts";
import {ModelError} from "../errors.ts";
import type {Borough} from "../reference/borough/borough-emissions.ts";
import {loadBorough, readBoroughTables} from "../reference/borough/table.ts";
import {type Factor, loadFactors, readFactors} from "../reference/factors/table.ts";
import {loadReferences, type References, readReferences} from "../reference/references.ts";
import {type Connection, openDatabase, quoteText} from "../warehouse/connection.ts";
import {loadMacros, readMacros, type Warehouse, warehousePaths} from "../warehouse/warehouse.ts";
import {inOrder, type Model, readModels} from "./graph.ts";
import {marts} from "./marts/index.ts";

/** What a build made, or that nothing had changed since the last. */
export interface BuildResult {
  readonly isUnchanged: boolean;
  readonly models: readonly string[];
}

/**
 * Builds every model from raw to marts in a new file, proves grain, checks and contracts, and puts it in place of the published one by a rename, so
 * that a reader sees the old marts or the new, never half. Where loads, registers, models and as-of date are those of the published file, nothing is done.
 */
export async function build(warehouse: Warehouse, config: Config, given?: Inputs): Promise<BuildResult> {
  const paths = warehousePaths(config.dataFolder);
  const inputs = given ?? (await readInputs(config.dataFolder));
  const fingerprint = await fingerprintOf(warehouse.connection, config, inputs);
  if ((await publishedFingerprint(config.dataFolder)) === fingerprint) return {isUnchanged: true, models: []};
  const temporary = `${paths.published}.tmp`;
  await Promise.all([temporary, `${temporary}.wal`].map(path => rm(path, {force: true})));
  const built = await buildInto(temporary, warehouse, config, inputs, fingerprint);
  await rename(temporary, paths.published);
  return {isUnchanged: false, models: built};
}

/** What a build reads besides the warehouse. */
export interface Inputs {
  readonly models: readonly Model[];
  readonly registers: Registers;
  readonly borough: Borough;
  readonly factors: readonly Factor[];
  readonly references: References;
}

/** Reads and checks everything a build of this data folder reads besides the warehouse. */
export async function readInputs(dataFolder: string): Promise<Inputs> {
  ofProduct ??= readOfProduct();
  const [registers, {factors}, product] = await Promise.all([
    readRegisters(dataFolder),
    readFactors(dataFolder),
    ofProduct
  ]);
  return {...product, registers, factors};
}

/** The product's own tables and models do not change while it runs: they are read once in a process. */
let ofProduct: Promise<Omit<Inputs, "registers" | "factors">> | undefined;

async function readOfProduct(): Promise<Omit<Inputs, "registers" | "factors">> {
  const [models, borough, references] = await Promise.all([readModels(), readBoroughTables(), readReferences()]);
  return {models, borough, references};
}

async function buildInto(
  file: string,
  warehouse: Warehouse,
  config: Config,
  inputs: Inputs,
  fingerprint: string
): Promise<string[]> {
  const connection = await warehouse.database.connect();
  try {
    await connection.run(`attach ${quoteText(file)} as published`);
    await connection.run("attach ':memory:' as scratch");
    await prepare(connection, config, inputs);
    const ordered = await inOrder(connection, inputs.models);
    for (const model of ordered) await make(connection, model);
    await connection.run("create table published.main.build (fingerprint varchar, as_of date)");
    await connection.run("insert into published.main.build values ($1, $2::date)", [fingerprint, config.asOf]);
    await connection.run("checkpoint published");
    return ordered.map(({layer, name}) => `${layer}.${name}`);
  } finally {
    await connection.run("use canopy.main").catch(() => {});
    await connection.run("detach scratch").catch(() => {});
    await connection.run("detach published").catch(() => {});
    connection.close();
  }
}

async function prepare(
  connection: Connection,
  config: Config,
  {registers, borough, factors, references}: Inputs
): Promise<void> {
  for (const schema of [
    "scratch.staging",
    "scratch.intermediate",
    "scratch.council",
    "scratch.reference",
    "published.marts"
  ])
    await connection.run(`create schema ${schema}`);
  await connection.run(
    "set search_path = 'scratch.staging,scratch.intermediate,scratch.council,scratch.reference,published.marts,canopy.raw,canopy.ops'"
  );
  const baseYear = config.council.base_year ?? Math.min(...factors.map(({factor_set}) => factor_set));
  await connection.run(`set variable base_year = ${baseYear}`);
  await connection.run(`set variable factor_year = ${quoteText(config.council.factor_year)}`);
  const areaCode = config.council.ons_code;
  await connection.run(`set variable area_code = ${areaCode === null ? "null::varchar" : quoteText(areaCode)}`);
  await connection.run(`set variable as_of = date ${quoteText(config.asOf)}`);
  const {as_of} = await connection.row<{as_of: Date | null}>("select getvariable('as_of') as as_of");
  if (as_of === null) throw new ModelError("the build has no as-of date");
  await loadMacros(connection);
  await loadRegisters(connection, registers);
  await loadBorough(connection, borough);
  await loadFactors(connection, factors);
  await loadReferences(connection, references);
}

async function make(connection: Connection, model: Model): Promise<void> {
  const name = `${model.layer}.${model.name}`;
  const place = model.layer === "marts" ? `published.${name}` : `scratch.${name}`;
  try {
    await connection.run(`create ${model.layer === "staging" ? "view" : "table"} ${place} as ${model.sql}`);
  } catch (error) {
    const [words] = (error as Error).message.split("\n\nStack Trace");
    throw new ModelError(`${name} does not build: ${words}`, {cause: error});
  }
  await proveModel(connection, model);
}

/** Proves a model's grain and checks and, for a mart, its contract; the error names the first row that breaks one. */
export async function proveModel(connection: Connection, model: Model): Promise<void> {
  const name = `${model.layer}.${model.name}`;
  if (model.grain.length > 0) {
    const columns = model.grain.join(", ");
    const [repeated] = await connection.rows(
      `select ${columns}, count(*)::integer as times from ${name} group by ${columns} having count(*) > 1 limit 1`
    );
    if (repeated)
      throw new ModelError(`${name} has more than one row for its grain (${columns}): ${JSON.stringify(repeated)}`);
  }
  for (const check of model.checks) {
    const [broken] = await connection.rows(`select * from ${name} where (${check}) is not true limit 1`);
    if (broken) throw new ModelError(`${name} breaks its check (${check}): ${asText(broken)}`);
  }
  if (model.layer === "marts") await proveContract(connection, model.name);
}

async function proveContract(connection: Connection, name: string): Promise<void> {
  const mart = marts.get(name);
  if (mart === undefined) throw new ModelError(`marts.${name} has no contract`);
  const found = await connection.rows<{column_name: string; column_type: string}>(
    `select column_name, column_type from (describe marts.${name})`
  );
  const promised = Object.entries(mart.row.shape).map(([column, type]) => `${column} ${sqlTypeOf(type)}`);
  const actual = found.map(({column_name, column_type}) => `${column_name} ${column_type}`);
  const differing = promised.find((column, index) => column !== actual[index]) ?? actual[promised.length];
  if (differing !== undefined)
    throw new ModelError(`marts.${name} is not what its contract says at: ${differing} (it has: ${actual.join(", ")})`);
  const required = Object.entries(mart.row.shape)
    .filter(([, type]) => !(type instanceof z.ZodNullable))
    .map(([column]) => column);
  const [empty] = await connection.rows(
    `select * from marts.${name} where ${required.map(column => `${column} is null`).join(" or ")} limit 1`
  );
  if (empty) throw new ModelError(`marts.${name} has nothing where its contract promises a value: ${asText(empty)}`);
}

const asText = (row: object) => JSON.stringify(row, (_, value) => (typeof value === "bigint" ? Number(value) : value));

/** The SQL type that a column of a contract has. */
function sqlTypeOf(type: z.core.$ZodType): string {
  if (type instanceof z.ZodNullable) return sqlTypeOf(type.def.innerType);
  if (type instanceof z.ZodString || type instanceof z.ZodEnum) return "VARCHAR";
  if (type instanceof z.ZodDate) return "TIMESTAMP_MS";
  if (type instanceof z.ZodBoolean) return "BOOLEAN";
  if (type instanceof z.ZodBigInt) return "UBIGINT";
  if (type instanceof z.ZodArray) return `${sqlTypeOf(type.def.element)}[50]`;
  if (type instanceof z.ZodNumber) return type.format === "safeint" ? "INTEGER" : "DOUBLE";
  throw new ModelError("a contract holds a type that no column has");
}

/** Proves the published marts again, as they lie on disk. Returns how many models were proved. */
export async function checkPublished(dataFolder: string): Promise<number> {
  const proved = (await readModels()).filter(({layer}) => layer === "marts");
  await withPublished(dataFolder, async connection => {
    for (const model of proved) await proveModel(connection, model);
  });
  return proved.length;
}

/** Runs work on a connection to the published marts, read-only. */
export async function withPublished<T>(dataFolder: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const paths = warehousePaths(dataFolder);
  const database = await openDatabase(paths.published, {folders: [], isReadOnly: true});
  const connection = await database.connect();
  try {
    return await work(connection);
  } finally {
    connection.close();
    database.close();
  }
}

async function publishedFingerprint(dataFolder: string): Promise<string | null> {
  return withPublished(
    dataFolder,
    async connection => (await connection.row<{fingerprint: string}>("select fingerprint from main.build")).fingerprint
  ).catch(() => null);
}

async function fingerprintOf(
  connection: Connection,
  config: Config,
  {models, registers, borough, factors, references}: Inputs
): Promise<string> {
  const loads = await connection.rows(
    "select load_id, layout_version, outcome, superseded_by from ops.loads order by load_id"
  );
  const decisions = await connection.rows(
    "select receipt, decided_at::varchar as decided_at, decision from ops.withdrawals order by 1, 2"
  );
  const parts = [
    await readMacros(),
    config.asOf,
    config.council.base_year,
    config.council.factor_year,
    config.council.ons_code,
    models.map(({sql}) => sql),
    registers,
    borough,
    factors,
    references,
    loads,
    decisions
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
