import {mkdir, readdir, readFile, rename, statfs} from "node:fs/promises";
import {dirname, join} from "node:path";
import {CliError, isBusy, isDamaged, isFatal, messageOf, WarehouseError} from "../errors.ts";
import {refuseHeld} from "../holds.ts";
import {type Connection, type Database, openDatabase} from "./connection.ts";
import {busy, takeWriterLock} from "./lock.ts";
import {sweepWarehouse} from "./sweep.ts";

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

/** How a warehouse is opened, where not as ever: what takes the one writer's place, and how much memory DuckDB may take. */
interface Opening {
  readonly take?: typeof takeWriterLock;
  readonly megabytes?: number | undefined;
}

/**
 * Opens the warehouse for writing, made new where there is none; DuckDB keeps so many megabytes in memory. A second writer gets a CliError that says so,
 * and so does anybody where a worker holds the folder.
 *
 * @throws WarehouseError of code `damaged` where its file is not what was written to it.
 */
export async function openWarehouse(
  dataFolder: string,
  {take = takeWriterLock, megabytes = liveMegabytes}: Opening = {}
): Promise<Warehouse> {
  const paths = warehousePaths(dataFolder);
  await mkdir(paths.scratch, {recursive: true, mode: 0o700});
  const unlock = await take(dataFolder);
  try {
    await refuseHeld(dataFolder);
    await sweepWarehouse(paths);
    const database = await openLive(dataFolder, paths, megabytes);
    const connection = await database.connect();
    try {
      await migrate(connection);
      await loadMacros(connection);
    } catch (error) {
      connection.close();
      database.close();
      throw error;
    }
    return {database, connection, close: () => closeAll(database, connection, unlock)};
  } catch (error) {
    await unlock();
    throw error;
  }
}

/**
 * What DuckDB keeps in memory while files are landed and models are built. What it does not count and Node need about as much again, so that a run stays
 * under 1.5 GB whatever a file holds.
 */
const liveMegabytes = 600;

async function openLive(dataFolder: string, paths: WarehousePaths, megabytes: number): Promise<Database> {
  const limits = {scratch: paths.scratch, megabytes};
  return openDatabase(paths.live, {folders: [dataFolder], ...limits}).catch(error => {
    throw isBusy(error) ? busy(dataFolder, error) : error;
  });
}

/**
 * Opens the warehouse for writing and does work in it. Where it turns out not to be what was written to it, it is set aside, `told` is told, and the work is
 * done once more in a new one, which is made again from the archive.
 */
export async function withWarehouse<T>(
  dataFolder: string,
  work: (warehouse: Warehouse) => Promise<T>,
  told: (words: string) => void
): Promise<T> {
  try {
    return await inWarehouse(dataFolder, work);
  } catch (error) {
    if (!(isDamaged(error) || (isFatal(error) && !(await canBeRead(dataFolder))))) throw error;
    const aside = await setWarehouseAside(dataFolder);
    told(
      `the warehouse was damaged (${messageOf(error).split("\n")[0]}): it has been set aside as ${aside}, and is made again from the archive`
    );
    return inWarehouse(dataFolder, work);
  }
}

async function inWarehouse<T>(dataFolder: string, work: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  const warehouse = await openWarehouse(dataFolder);
  try {
    return await work(warehouse);
  } finally {
    await warehouse.close();
  }
}

/** Whether every value of every table can be read: DuckDB checks each block by its checksum as it reads it. */
async function canBeRead(dataFolder: string): Promise<boolean> {
  const paths = warehousePaths(dataFolder);
  const unlock = await takeWriterLock(dataFolder);
  try {
    const limits = {scratch: paths.scratch, megabytes: liveMegabytes};
    const database = await openDatabase(paths.live, {folders: [dataFolder], ...limits});
    const connection = await database.connect();
    try {
      await readAll(connection);
    } finally {
      connection.close();
      database.close();
    }
    return true;
  } catch {
    return false;
  } finally {
    await unlock();
  }
}

/** Reads every value of every table of the warehouse. @throws where one cannot be read. */
export async function readAll(connection: Connection): Promise<void> {
  const tables = await connection.rows<{name: string}>(
    "select schema_name || '.' || table_name as name from duckdb_tables() where database_name = current_database() and not internal order by name"
  );
  for (const {name} of tables) await connection.row(`select bit_xor(hash(t)) as digest from ${name} t`);
}

/** Puts a warehouse out of the way, under a name of its own, which is returned; everything it held is landed again from the archive. */
export async function setWarehouseAside(dataFolder: string): Promise<string> {
  const {live, folder} = warehousePaths(dataFolder);
  const names = await readdir(dirname(live));
  const numbers = names.flatMap(name => /^canopy\.duckdb\.damaged-(\d+)$/.exec(name)?.[1] ?? []);
  const aside = `canopy.duckdb.damaged-${Math.max(0, ...numbers.map(Number)) + 1}`;
  for (const end of ["", ".wal"])
    await rename(`${live}${end}`, join(folder, `${aside}${end}`)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
  return aside;
}

async function closeAll(database: Database, connection: Connection, unlock: () => Promise<void>): Promise<void> {
  try {
    await connection.run("checkpoint").catch(error => {
      if (!isFatal(error)) throw error;
    });
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
  if (done > names.length) throw new WarehouseError("it was made by a later version of canopy", {code: "damaged"});
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

/** Less than this is little room: a build needs a few hundred megabytes beside what is there. */
export const littleBytes = 1e9;

/** What is free on the disk of a folder. */
export async function freeBytes(folder: string): Promise<number> {
  const {bavail, bsize} = await statfs(folder);
  return bavail * bsize;
}

/** Refuses to start work that the disk cannot hold: three times the incoming bytes. */
export async function checkRoom(dataFolder: string, incomingBytes: number): Promise<void> {
  const needed = 3 * incomingBytes;
  if ((await freeBytes(dataFolder)) < needed)
    throw new CliError(`not enough room on the disk: ${Math.ceil(needed / 1e6)} MB needed in ${dataFolder}`);
}
