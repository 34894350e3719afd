import {isFatal} from "../errors.ts";
import {type Connection, quoteText} from "../warehouse/connection.ts";
import {insertRows} from "../warehouse/insert-rows.ts";
import type {Model} from "./graph.ts";
import {marts} from "./marts/index.ts";
import {contractOf} from "./prove.ts";

/** A model that failed: it does not build, or breaks its grain, a check or its contract. */
export interface Failure {
  /** `intermediate.emissions`. */
  readonly model: string;
  readonly reason: string;
}

/** The models that a build could not make, by `layer.name`, each with the failure that it comes from: its own, or that of a model it is made from. */
export type Failures = ReadonlyMap<string, Failure>;

/** The build that is going on, and the file of the one before it. */
interface Builds {
  /** Null where there is none that can be read. */
  readonly file: string | null;
  readonly build: string;
  readonly asOf: string;
}

/** A row of `main.build_models`: of which build the rows of a mart are, and why they are not of the last. */
interface BuiltMart {
  readonly mart: string;
  readonly is_fresh: boolean;
  readonly as_of: string | null;
  readonly build: string | null;
  readonly contract: string;
  readonly failed_model: string | null;
  readonly reason: string | null;
}

const shape = {
  mart: "varchar",
  is_fresh: "boolean",
  as_of: "date",
  build: "varchar",
  contract: "varchar",
  failed_model: "varchar",
  reason: "varchar"
} as const;

/**
 * Gives each mart that could not be made the rows it had, where the build that made them promised the same of them, and notes of every mart of which
 * build it is. A mart without such rows is not there.
 */
export async function keepLastGood(
  connection: Connection,
  models: readonly Model[],
  failures: Failures,
  builds: Builds
): Promise<void> {
  const columns = Object.entries(shape).map(([column, type]) => `${column} ${type}`);
  await connection.run(`create table published.main.build_models (${columns.join(", ")})`);
  const before = failures.size === 0 || builds.file === null ? [] : await readBefore(connection, builds.file);
  const built: BuiltMart[] = [];
  for (const {name} of models.filter(({layer}) => layer === "marts")) {
    const [failure, contract] = [failures.get(`marts.${name}`), contractText(name)];
    if (failure === undefined) built.push(freshMart(name, contract, builds));
    else {
      const last = before.find(({mart, ...each}) => mart === name && each.contract === contract);
      if (last !== undefined)
        await connection.run(`create table published.marts.${name} as from previous.marts.${name}`);
      built.push(keptMart(name, contract, failure, last));
    }
  }
  await insertRows(connection, "published.main.build_models", shape, built);
}

const contractText = (name: string) => {
  const mart = marts.get(name);
  return mart === undefined ? "" : contractOf(mart);
};

function freshMart(mart: string, contract: string, {build, asOf}: Builds): BuiltMart {
  return {mart, is_fresh: true, as_of: asOf, build, contract, failed_model: null, reason: null};
}

function keptMart(mart: string, contract: string, {model, reason}: Failure, last: LastGood | undefined): BuiltMart {
  const {as_of = null, build = null} = last ?? {};
  return {mart, is_fresh: false, as_of, build, contract, failed_model: model, reason};
}

type LastGood = Pick<BuiltMart, "mart" | "as_of" | "build" | "contract">;

/** What the last build holds, attached as `previous`; nothing where there was none, it cannot be read, or an earlier version built it. */
async function readBefore(connection: Connection, file: string): Promise<LastGood[]> {
  try {
    await connection.run(`attach ${quoteText(file)} as previous (read_only)`);
    return await connection.rows<LastGood>(
      "select mart, as_of::varchar as as_of, build, contract from previous.main.build_models where build is not null"
    );
  } catch (error) {
    if (isFatal(error)) throw error;
    return [];
  }
}
