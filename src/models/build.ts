import {createHash} from "node:crypto";
import {rename, rm} from "node:fs/promises";
import type {Config} from "../council/config.ts";
import {loadRegisters, type Registers, readRegisters} from "../council/registers.ts";
import {isFatal, ModelError, messageOf} from "../errors.ts";
import type {Borough} from "../reference/borough/borough-emissions.ts";
import {loadBorough, readBoroughTables} from "../reference/borough/table.ts";
import {type Factor, loadFactors, readFactors} from "../reference/factors/table.ts";
import {loadReferences, type References, readReferences} from "../reference/references.ts";
import {readThresholds, setThresholds, type Threshold} from "../reference/thresholds.ts";
import {type Connection, quoteText} from "../warehouse/connection.ts";
import {canBeRead, type MadeFrom, type NotRenewed, readNotRenewed, withPublished} from "../warehouse/published.ts";
import {loadMacros, readMacros, type Warehouse, warehousePaths} from "../warehouse/warehouse.ts";
import {type Failure, type Failures, keepLastGood} from "./contain.ts";
import {inOrder, type Model, nameOf, type Reads, readModels, readReads} from "./graph.ts";
import {marts} from "./marts/index.ts";
import {contractOf, proveModel} from "./prove.ts";

/** What a build made, or that nothing had changed since the last. */
export interface BuildResult {
  readonly isUnchanged: boolean;
  /** The models that were built and proved. */
  readonly models: readonly string[];
  /** The models that failed, each with why; what is made from them was not built either. */
  readonly failures: readonly Failure[];
}

/**
 * Builds every model from raw to marts in a new file, proves grain, checks and contracts, and puts it in place of the published one by a rename, so
 * that a reader sees the old marts or the new, never half. A model that fails stops only what is made from it: those marts keep the rows of the last
 * build that made them, where their contract is still the same, and `main.build_models` says so. Where loads, registers, models and as-of date are those
 * of the published file, and it holds no failure, nothing is done.
 *
 * @throws an error that is fatal, one of the registers, and one of the warehouse's own tables.
 */
export async function build(warehouse: Warehouse, config: Config, given?: Inputs): Promise<BuildResult> {
  const paths = warehousePaths(config.dataFolder);
  const inputs = given ?? (await readInputs(config.dataFolder));
  const madeFrom = await madeFromNow(warehouse.connection);
  const fingerprint = await fingerprintOf(warehouse.connection, config, inputs, madeFrom);
  if ((await publishedFingerprint(config.dataFolder)) === fingerprint && (await canBeRead(config.dataFolder)))
    return {isUnchanged: true, models: [], failures: []};
  const temporary = `${paths.published}.tmp`;
  await Promise.all([temporary, `${temporary}.wal`].map(path => rm(path, {force: true})));
  const built = await buildInto(temporary, warehouse, config, inputs, {fingerprint, madeFrom});
  await rename(temporary, paths.published);
  return {isUnchanged: false, ...built};
}

/** What a build reads besides the warehouse. */
export interface Inputs {
  readonly models: readonly Model[];
  readonly registers: Registers;
  readonly borough: Borough;
  readonly factors: readonly Factor[];
  readonly references: References;
  readonly thresholds: readonly Threshold[];
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
  const [models, borough, references, thresholds] = await Promise.all([
    readModels(),
    readBoroughTables(),
    readReferences(),
    readThresholds()
  ]);
  return {models, borough, references, thresholds};
}

async function buildInto(
  file: string,
  warehouse: Warehouse,
  config: Config,
  inputs: Inputs,
  {fingerprint, madeFrom}: {readonly fingerprint: string; readonly madeFrom: MadeFrom}
): Promise<Omit<BuildResult, "isUnchanged">> {
  const connection = await warehouse.database.connect();
  try {
    await connection.run(`attach ${quoteText(file)} as published`);
    await connection.run("attach ':memory:' as scratch");
    await prepare(connection, config, inputs);
    const failures = await makeAll(connection, inputs.models);
    await connection.run(
      "create table published.main.build as select $1 as fingerprint, $2::date as as_of, $3::integer as archive_entries, $4 as archive_seal",
      [fingerprint, config.asOf, madeFrom.archive_entries, madeFrom.archive_seal]
    );
    const hasBefore = failures.size > 0 && (await canBeRead(config.dataFolder));
    await keepLastGood(connection, inputs.models, failures, {
      file: hasBefore ? warehousePaths(config.dataFolder).published : null,
      build: fingerprint,
      asOf: config.asOf
    });
    await connection.run("checkpoint published");
    return {
      models: inputs.models.map(nameOf).filter(name => !failures.has(name)),
      failures: [...failures].filter(([name, {model}]) => name === model).map(([, failure]) => failure)
    };
  } finally {
    await connection.run("use canopy.main").catch(() => {});
    await connection.run("detach previous").catch(() => {});
    await connection.run("detach scratch").catch(() => {});
    await connection.run("detach published").catch(() => {});
    connection.close();
  }
}

/** Makes and proves every model after all it reads. Returns those that are not there, each with the failure that it comes from. */
async function makeAll(connection: Connection, models: readonly Model[]): Promise<Failures> {
  const failures = new Map<string, Failure>();
  const reads = await readReads(connection, models);
  const order = [...(await orderOf(connection, models, failures))];
  const lastReaders = lastReadersOf(order, reads);
  for (const model of order) {
    const name = nameOf(model);
    const before = reads(model).find(read => failures.has(read));
    const failure = before === undefined ? await failureOf(() => make(connection, model), name) : failures.get(before);
    if (failure !== null && failure !== undefined) failures.set(name, failure);
    for (const read of lastReaders.get(model) ?? []) await connection.run(`drop table if exists scratch.${read}`);
  }
  return failures;
}

/** The intermediate tables that nobody reads after each model: they need not lie in memory until the end. */
function lastReadersOf(order: readonly Model[], reads: Reads): ReadonlyMap<Model, readonly string[]> {
  const lasts = new Map(order.flatMap(model => reads(model).map(read => [read, model] as const)));
  const read = [...lasts].filter(([name]) => name.startsWith("intermediate."));
  return new Map(order.map(model => [model, read.flatMap(([name, last]) => (last === model ? [name] : []))]));
}

/** The models whose place among the others can be told, in order; the others have failed. */
async function orderOf(
  connection: Connection,
  models: readonly Model[],
  failures: Map<string, Failure>
): Promise<ReadonlySet<Model>> {
  const ordered = new Set<Model>();
  for (const model of models) {
    const failure = await failureOf(async () => {
      for (const each of await inOrder(connection, models, [model])) ordered.add(each);
    }, nameOf(model));
    if (failure !== null) failures.set(nameOf(model), failure);
  }
  return ordered;
}

/** How work on a model failed; null where it did not. What is fatal is thrown. */
async function failureOf(work: () => Promise<void>, model: string): Promise<Failure | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (isFatal(error)) throw error;
    return {model, reason: messageOf(error)};
  }
}

async function prepare(
  connection: Connection,
  config: Config,
  {registers, borough, factors, references, thresholds}: Inputs
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
  await connection.run(`set variable stated_base_year = ${config.council.base_year ?? "null::integer"}`);
  await connection.run(`set variable factor_year = ${quoteText(config.council.factor_year)}`);
  const areaCode = config.council.ons_code;
  await connection.run(`set variable area_code = ${areaCode === null ? "null::varchar" : quoteText(areaCode)}`);
  await connection.run(`set variable as_of = date ${quoteText(config.asOf)}`);
  const {as_of} = await connection.row<{as_of: Date | null}>("select getvariable('as_of') as as_of");
  if (as_of === null) throw new ModelError("the build has no as-of date");
  await setThresholds(connection, thresholds, config.asOf);
  await loadMacros(connection);
  await loadRegisters(connection, registers);
  await loadBorough(connection, borough);
  await loadFactors(connection, factors);
  await loadReferences(connection, references);
}

async function make(connection: Connection, model: Model): Promise<void> {
  const name = nameOf(model);
  const place = model.layer === "marts" ? `published.${name}` : `scratch.${name}`;
  try {
    const isView = model.layer === "staging" && model.grain.length === 0;
    await connection.script(`create ${isView ? "view" : "table"} ${place} as ${model.sql}`);
  } catch (error) {
    const [words] = (error as Error).message.split("\n\nStack Trace");
    throw new ModelError(`${name} does not build: ${words}`, {cause: error});
  }
  await proveModel(connection, model).catch(async error => {
    if (model.layer === "marts") await connection.run(`drop table ${place}`);
    throw error;
  });
}

/** Proves the marts of the last build again, as they lie on disk. Returns how many were proved and which the build could not make. */
export async function checkPublished(
  dataFolder: string
): Promise<{readonly proved: number; readonly notRenewed: readonly NotRenewed[]}> {
  const models = (await readModels()).filter(({layer}) => layer === "marts");
  return withPublished(dataFolder, async connection => {
    const notRenewed = await readNotRenewed(connection);
    const proved = models.filter(({name}) => !notRenewed.some(({mart}) => mart === name));
    for (const model of proved) await proveModel(connection, model);
    return {proved: proved.length, notRenewed};
  });
}

/** What the published file was built from; null where there is none, or where it holds a failure: that is tried again. */
async function publishedFingerprint(dataFolder: string): Promise<string | null> {
  return withPublished(
    dataFolder,
    async connection =>
      (
        await connection.row<{fingerprint: string}>(
          "select fingerprint from main.build where not exists (from main.build_models where not is_fresh)"
        )
      ).fingerprint
  ).catch(() => null);
}

async function madeFromNow(connection: Connection): Promise<MadeFrom> {
  return connection.row<MadeFrom>(
    "select coalesce(max(n), 0)::integer as archive_entries, arg_max(seal, n) as archive_seal from ops.archive_entries"
  );
}

async function fingerprintOf(
  connection: Connection,
  config: Config,
  {models, registers, borough, factors, references, thresholds}: Inputs,
  madeFrom: MadeFrom
): Promise<string> {
  const loads = await connection.rows(
    "select load_id, layout_version, outcome, superseded_by from ops.loads order by load_id"
  );
  const layouts = await connection.rows("from ops.layouts order by all");
  const decisions = await connection.rows("select columns(*)::varchar from ops.decisions order by all");
  const doubts = await connection.row(
    "select count(*)::integer as days, bit_xor(hash(d))::varchar as digest from ops.doubts d"
  );
  const parts = [
    madeFrom,
    await readMacros(),
    config.asOf,
    config.council.base_year,
    config.council.factor_year,
    config.council.ons_code,
    models.map(({sql}) => sql),
    [...marts.values()].map(contractOf),
    registers,
    borough,
    factors,
    references,
    thresholds,
    loads,
    decisions,
    doubts,
    layouts
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
