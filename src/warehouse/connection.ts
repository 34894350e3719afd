import {availableParallelism, totalmem} from "node:os";
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBPreparedStatement,
  type DuckDBValue,
  type JS
} from "@duckdb/node-api";
import {messageOf, WarehouseError} from "../errors.ts";

/** One row as plain JavaScript: BIGINT is a bigint, DATE and TIMESTAMP are `Date` at UTC, lists are arrays. */
export type SqlRow = Record<string, JS>;

/** Values of a prepared statement, by position ($1 …). User values travel only this way, never in the text. */
export type SqlValues = readonly DuckDBValue[];

/** A connection to one DuckDB instance. Statements are prepared, so that a text that holds two is refused; only a `script` may hold several. */
export interface Connection {
  /** Runs every statement of one of our own files, in order. Never for a text that came from outside. */
  script(sql: string): Promise<void>;
  run(sql: string, values?: SqlValues): Promise<void>;
  rows<T extends object = SqlRow>(sql: string, values?: SqlValues): Promise<T[]>;
  /** The first rows of an answer, no more of it being made than these. */
  firstRows(sql: string, most: number): Promise<SqlRow[]>;
  /** The only row of an answer. */
  row<T extends object = SqlRow>(sql: string, values?: SqlValues): Promise<T>;
  /** Runs `work` in one transaction: all of it or nothing. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Stops what is being done on it, which then fails. */
  interrupt(): void;
  close(): void;
}

/** An open DuckDB instance; exactly one per process and file. */
export interface Database {
  connect(): Promise<Connection>;
  close(): void;
}

export interface OpenOptions {
  /** Folders that statements may touch; everything else in the world is shut. */
  readonly folders: readonly string[];
  readonly isReadOnly?: boolean;
  /** Where large sorts may spill; without it they fail when memory ends. */
  readonly scratch?: string;
  /** Megabytes that DuckDB keeps in memory before it uses `scratch`, or less on a small machine; what it does not count comes on top. Without it, 80 % of the machine. */
  readonly megabytes?: number;
  /** Megabytes at most that it puts into `scratch`. Without it, 90 % of the room there is. */
  readonly scratchMegabytes?: number;
}

/** Each thread reads, sorts and writes in memory of its own: what a memory limit allows is shared by no more than so many. */
const mostLimitedThreads = 4;

function limitsOf({
  megabytes,
  scratchMegabytes
}: Pick<OpenOptions, "megabytes" | "scratchMegabytes">): Record<string, string> {
  const ofMachine = (0.8 * Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY)) / 1e6;
  return {
    ...(megabytes === undefined
      ? {}
      : {
          memory_limit: `${Math.trunc(Math.min(megabytes, ofMachine))}MB`,
          threads: String(Math.min(mostLimitedThreads, availableParallelism()))
        }),
    ...(scratchMegabytes === undefined ? {} : {max_temp_directory_size: `${scratchMegabytes}MB`})
  };
}

/**
 * Opens a database file (or ":memory:"), at UTC, extensions off, then locks the configuration.
 *
 * @throws WarehouseError of code `busy` where another process has it open for writing, and `damaged` where it is not a file that DuckDB wrote.
 */
export async function openDatabase(
  path: string,
  {folders, isReadOnly = false, scratch, ...limits}: OpenOptions
): Promise<Database> {
  const instance = await DuckDBInstance.create(path, {
    access_mode: path !== ":memory:" && isReadOnly ? "READ_ONLY" : "AUTOMATIC",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    ...limitsOf(limits),
    ...(scratch === undefined ? {} : {temp_directory: scratch})
  }).catch(error => {
    throw openingErrorOf(error);
  });
  const database = {connect: async () => wrap(await instance.connect()), close: () => instance.closeSync()};
  await lockDown(database, folders);
  return database;
}

async function lockDown(database: Database, folders: readonly string[]): Promise<void> {
  const connection = await database.connect();
  await connection.run("set global TimeZone = 'UTC'");
  await connection.run(`set allowed_directories = [${folders.map(quoteText).join(", ")}]`);
  await connection.run("set enable_external_access = false");
  await connection.run("set lock_configuration = true");
  connection.close();
}

function wrap(connection: DuckDBConnection): Connection {
  const prepared = async <T>(sql: string, work: (statement: DuckDBPreparedStatement) => Promise<T>) => {
    const statement = await connection.prepare(sql).catch(error => {
      throw warehouseErrorOf(error);
    });
    try {
      return await work(statement);
    } catch (error) {
      throw warehouseErrorOf(error);
    } finally {
      statement.destroySync();
    }
  };
  const execute = (sql: string, values: SqlValues = []) =>
    prepared(sql, async statement => {
      statement.bind([...values]);
      return (await statement.run()).getRowObjectsJS();
    });
  const firstRows = (sql: string, most: number) =>
    prepared(sql, async statement => {
      const rows: SqlRow[] = [];
      for await (const some of (await statement.stream()).yieldRowObjectJs()) {
        rows.push(...some.slice(0, most - rows.length));
        if (rows.length >= most) break;
      }
      return rows;
    });
  const rows = async <T extends object>(sql: string, values?: SqlValues) => (await execute(sql, values)) as T[];
  const script = async (sql: string) => {
    await connection.run(sql).catch(error => {
      throw warehouseErrorOf(error);
    });
  };
  return {
    script,
    rows,
    firstRows,
    run: async (sql, values) => void (await execute(sql, values)),
    row: async <T extends object>(sql: string, values?: SqlValues) => {
      const [only, second] = await rows<T>(sql, values);
      if (only === undefined || second !== undefined) throw new Error(`not exactly one row: ${sql}`);
      return only;
    },
    transaction: async work => {
      await execute("begin transaction");
      try {
        const result = await work();
        await execute("commit");
        return result;
      } catch (error) {
        await execute("rollback").catch(() => {});
        throw error;
      }
    },
    interrupt: () => connection.interrupt(),
    close: () => connection.closeSync()
  };
}

/**
 * How DuckDB begins its words when it has given up, or the disk has ended. Only the beginning is looked at: the rest may quote what stands in
 * a file.
 */
const gaveUp =
  /^(FATAL|INTERNAL) Error|^(IO|TransactionContext) Error[^"'\n]*(No space left on device|database has been invalidated)/i;

/** How DuckDB begins its words when a statement needs more memory than it may have, or more of the disk for what does not fit: the connection stays usable. */
const tooLarge = /^Out of Memory Error/;

/** How DuckDB begins its words when a file is not what it wrote. */
const notAsWritten =
  /^(IO|Serialization) Error[^"'\n]*(Corrupt (database|WAL) file|checksum|Could not read enough bytes|not a valid DuckDB database file)/i;

/**
 * An error of DuckDB as one of ours: `damaged` where it says that a file is not what it wrote; `fatal` where the database has given up, or the disk has
 * ended; `too large` where one statement needed more memory than it may have; `stopped` where it was interrupted.
 */
export function warehouseErrorOf(error: unknown): WarehouseError {
  const message = messageOf(error);
  const code = notAsWritten.test(message)
    ? "damaged"
    : gaveUp.test(message)
      ? "fatal"
      : tooLarge.test(message)
        ? "too large"
        : /^INTERRUPT Error/.test(message)
          ? "stopped"
          : "failed";
  return new WarehouseError(message, {code, cause: error});
}

/** How DuckDB says that the system kept a file from it, or that there is none: the file itself may be whole. */
const keptFromIt = /does not exist|Permission denied|Read-only file system|Too many open files|Is a directory/i;

/** An error of opening a file: what nothing outside the file explains is damage of the file. */
export function openingErrorOf(error: unknown): WarehouseError {
  const message = messageOf(error).replaceAll(/"[^"]*"/g, "…");
  const isOfMachine = /^Out of Memory Error|No space left on device/i.test(message);
  const code = /conflicting lock|set lock on file|being used by another process/i.test(message)
    ? "busy"
    : isOfMachine
      ? "fatal"
      : keptFromIt.test(message)
        ? "failed"
        : "damaged";
  return new WarehouseError(messageOf(error), {code, cause: error});
}

/** A name as an SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as an SQL literal, for the few places where DuckDB takes no parameter (ATTACH, SET, CREATE VIEW). */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
