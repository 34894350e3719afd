import {mkdir, readdir, readFile, rename, statfs} from "node:fs/promises";
import {dirname, join} from "node:path";
import {CliError, messageOf} from "../errors.ts";
import {type Connection, type Database, openDatabase} from "./connection.ts";
import {busy, takeWriterLock} from "./lock.ts";

/** The live warehouse: raw and ops, one writer, one instance. Readers open the published file instead. */
export interface Warehouse {
  readonly database: Database;
  readonly connection: Connection;
  close(): Promise<void>;
}

/** Where the files of a data folder stand. */
export interface WarehousePaths {
  readonly folder: string;
  readonly live: string;
  readonly published: string;
  readonly scratch: string;
}

export function warehousePaths(dataFolder: string): WarehousePaths {
  const folder = join(dataFolder, "warehouse");
  return {
    folder,
    live: join(folder, "canopy.duckdb"),
    published: join(folder, "published.duckdb"),
    scratch: join(folder, "scratch")
  };
}

/**
 * Opens the warehouse for writing, made new where there is none. A second writer gets a CliError that says so; a damaged file is set aside and made
 * again, since the archive holds everything.
 */
export async function openWarehouse(dataFolder: string): Promise<Warehouse> {
  const paths = warehousePaths(dataFolder);
  await mkdir(paths.scratch, {recursive: true, mode: 0o700});
  const unlock = await takeWriterLock(dataFolder);
  try {
    const database = await openLive(dataFolder, paths);
    const connection = await database.connect();
    await migrate(connection);
    await loadMacros(connection);
    return {database, connection, close: () => closeAll(database, connection, unlock)};
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function openLive(dataFolder: string, paths: WarehousePaths): Promise<Database> {
  const open = () => openDatabase(paths.live, {folders: [dataFolder], scratch: paths.scratch});
  return open().catch(async error => {
    if (/conflicting lock|set lock on file/i.test(messageOf(error))) throw busy(dataFolder, error);
    if (
      !/not a valid DuckDB database file|Could not read enough bytes|Corrupt (database|WAL) file|checksum/i.test(
        messageOf(error)
      )
    )
      throw error;
    await setAside(paths.live);
    return open();
  });
}

/** Puts a damaged warehouse out of the way, under a name of its own; everything it held is landed again from the archive. */
async function setAside(path: string): Promise<void> {
  const taken = await readdir(dirname(path));
  const number = taken.filter(name => name.includes(".damaged-")).length + 1;
  for (const file of [path, `${path}.wal`]) await rename(file, `${file}.damaged-${number}`).catch(() => {});
}

async function closeAll(database: Database, connection: Connection, unlock: () => Promise<void>): Promise<void> {
  try {
    await connection.run("checkpoint");
  } finally {
    connection.close();
    database.close();
    await unlock();
  }
}

/** Schema changes run here alone, each in a transaction of its own followed by a checkpoint, and never beside data. */
async function migrate(connection: Connection): Promise<void> {
  const folder = new URL("./migrations/", import.meta.url);
  const names = (await readdir(folder)).filter(name => name.endsWith(".sql")).sort();
  const done = await migrationsDone(connection);
  for (const name of names.slice(done)) {
    const statements = await readFile(new URL(name, folder), "utf8");
    await connection.transaction(async () => {
      await connection.script(statements);
      await connection.run("create table if not exists main.migrations (name varchar primary key)");
      await connection.run("insert into main.migrations values ($1)", [name]);
    });
    await connection.run("checkpoint");
  }
}

async function migrationsDone(connection: Connection): Promise<number> {
  const {has} = await connection.row<{has: boolean}>(
    "select count(*) > 0 as has from duckdb_tables() where database_name = current_database() and table_name = 'migrations'"
  );
  if (!has) return 0;
  const {done} = await connection.row<{done: number}>("select count(*)::integer as done from main.migrations");
  return done;
}

/** Loads the shared macros into a connection. */
export async function loadMacros(connection: Connection): Promise<void> {
  await connection.script(await readMacros());
}

/** The text of the shared macros, a file a subject: what is built with them depends on it. */
export async function readMacros(): Promise<string> {
  const folder = new URL("./macros/", import.meta.url);
  const names = (await readdir(folder)).filter(name => name.endsWith(".sql")).sort();
  const texts = await Promise.all(names.map(name => readFile(new URL(name, folder), "utf8")));
  return withEverySlot(texts.join("\n"));
}

const slots = Array.from({length: 50}, (_, index) => String(index + 1));

/** Writes out `[each slot: …]`, the list of one term for each of the 50 slots of a day, `:slot` being its number. */
const withEverySlot = (sql: string): string =>
  sql.replace(
    /\[each slot: (.*)\](?=::)/g,
    (_, term: string) => `[${slots.map(slot => term.replaceAll(":slot", slot)).join(", ")}]`
  );

/** Refuses to start work that the disk cannot hold: three times the incoming bytes. */
export async function checkRoom(dataFolder: string, incomingBytes: number): Promise<void> {
  const {bavail, bsize} = await statfs(dataFolder);
  const needed = 3 * incomingBytes;
  if (bavail * bsize < needed)
    throw new CliError(`not enough room on the disk: ${Math.ceil(needed / 1e6)} MB needed in ${dataFolder}`);
}
