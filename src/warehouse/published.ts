import {stat} from "node:fs/promises";
import {CliError, isDamaged} from "../errors.ts";
import {type Connection, type OpenOptions, openDatabase} from "./connection.ts";
import {readAll, warehousePaths} from "./warehouse.ts";

/** One mart that the last build could not make. */
export interface NotRenewed {
  readonly mart: string;
  /** The as-of date of the build whose rows it still holds; null where it is withheld, because no earlier rows fit. */
  readonly as_of: Date | null;
  /** The build whose rows those are. */
  readonly build: string | null;
  /** The model that failed: this mart, or one that it is made from. */
  readonly failed_model: string;
  /** How it failed, in words for whoever mends it: they may quote a row, so that they stay in the house. */
  readonly reason: string;
}

/** What was read of marts that one build made. */
export interface Told<T> {
  /** Null where it is withheld. */
  readonly value: T | null;
  /** Why it is withheld, or of which earlier build it is; null where it is of the last. */
  readonly notRenewed: NotRenewed | null;
}

/** What a reader of the published marts may use of the machine. */
export type ReaderLimits = Pick<OpenOptions, "megabytes" | "scratch" | "scratchMegabytes"> & {
  /** Folders that it may write to; none by default. */
  readonly folders?: readonly string[];
};

/** How much of the archive's journal the published marts were made from. */
export interface MadeFrom {
  readonly archive_entries: number;
  /** The seal of the last of them; null where there was none. */
  readonly archive_seal: string | null;
}

/** Reads what the published marts were made from; null in a file that an earlier version built. */
export async function readMadeFrom(connection: Connection): Promise<MadeFrom | null> {
  const rows = await connection
    .rows<MadeFrom>("select archive_entries, archive_seal from main.build")
    .catch(() => [] as MadeFrom[]);
  return rows[0] ?? null;
}

/** Whether every value of the published marts can be read, where there are any. */
export async function canBeRead(dataFolder: string): Promise<boolean> {
  const isThere = await stat(warehousePaths(dataFolder).published).then(
    () => true,
    () => false
  );
  return (
    !isThere ||
    withPublished(dataFolder, readAll).then(
      () => true,
      () => false
    )
  );
}

/**
 * Runs work on a connection to the published marts, read-only.
 *
 * @throws CliError that says what to do where they are not what was written.
 */
export async function withPublished<T>(
  dataFolder: string,
  work: (connection: Connection) => Promise<T>,
  limits: ReaderLimits = {}
): Promise<T> {
  return inPublished(dataFolder, work, limits).catch(error => {
    if (!isDamaged(error)) throw error;
    throw new CliError("the published marts are damaged and cannot be read. To make them again: canopy build", {
      cause: error
    });
  });
}

async function inPublished<T>(
  dataFolder: string,
  work: (connection: Connection) => Promise<T>,
  limits: ReaderLimits
): Promise<T> {
  const {published} = warehousePaths(dataFolder);
  const database = await openDatabase(published, {folders: [], isReadOnly: true, ...limits});
  const connection = await database.connect();
  try {
    return await work(connection);
  } finally {
    connection.close();
    database.close();
  }
}

/** The marts that the last build could not make, by name; none in a file that an earlier version built. */
export async function readNotRenewed(connection: Connection): Promise<NotRenewed[]> {
  const {has} = await connection.row<{has: boolean}>(
    "select count(*) > 0 as has from duckdb_tables() where schema_name = 'main' and table_name = 'build_models'"
  );
  if (!has) return [];
  return connection.rows<NotRenewed>(
    "select mart, as_of, build, failed_model, reason from main.build_models where not is_fresh order by mart"
  );
}

/**
 * Reads what is told together, a figure or a sentence: all of it is of one build, or none of it is told. `main.build` is of the last build. Rows of one
 * earlier build are told with their date, which whoever shows them shows too.
 */
export async function ofOneBuild<T>(
  connection: Connection,
  work: (connection: Connection) => Promise<T>
): Promise<Told<T>> {
  const all = await notRenewedOf(connection);
  if (all.length === 0) return {value: await work(connection), notRenewed: null};
  const read = new Set<string>();
  try {
    const value = await work(watched(connection, sql => look(sql, read, all)));
    return {value, notRenewed: all.find(({mart}) => read.has(mart)) ?? null};
  } catch (error) {
    if (error instanceof Withheld) return {value: null, notRenewed: error.because};
    throw error;
  }
}

/** Published marts do not change beneath a connection to them: what of them is not renewed is read once for each. */
function notRenewedOf(connection: Connection): Promise<readonly NotRenewed[]> {
  const known = notRenewed.get(connection) ?? readNotRenewed(connection);
  notRenewed.set(connection, known);
  return known;
}

const notRenewed = new WeakMap<Connection, Promise<readonly NotRenewed[]>>();

class Withheld extends Error {
  readonly because: NotRenewed;
  constructor(because: NotRenewed) {
    super(`marts.${because.mart} is not of the last build`);
    this.because = because;
  }
}

/** Adds what a statement reads to what was read before it, and refuses it where they are not all of one build. */
function look(sql: string, read: Set<string>, all: readonly NotRenewed[]): void {
  for (const [, mart = "build"] of sql.matchAll(/\bmarts\.(\w+)|\bmain\.build\b/g)) read.add(mart);
  const old = all.filter(({mart}) => read.has(mart));
  const missing = old.find(({build}) => build === null);
  const builds = new Set(old.map(({build}) => build)).size + (old.length < read.size ? 1 : 0);
  const because = missing ?? (builds > 1 ? old[0] : undefined);
  if (because !== undefined) throw new Withheld(because);
}

function watched(connection: Connection, before: (sql: string) => void): Connection {
  return {
    ...connection,
    run: async (sql, values) => {
      before(sql);
      return connection.run(sql, values);
    },
    rows: async (sql, values) => {
      before(sql);
      return connection.rows(sql, values);
    },
    row: async (sql, values) => {
      before(sql);
      return connection.row(sql, values);
    }
  };
}
