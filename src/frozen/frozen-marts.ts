import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {makeFolder} from "../holds.ts";
import {type Connection, openDatabase, quoteName, quoteText} from "../warehouse/connection.ts";
import {type Manifest, sha256Of} from "./manifest.ts";

/** A mart as an edition keeps it: `marts.NAME`, or one of the two tables of the build itself, `main.NAME`. */
export type FrozenMart = Manifest["marts"][number];

/** Which tables are frozen, each as `marts.NAME`, and what its file is called; by default all, each as its table. */
interface Wanted {
  readonly isWanted?: (name: string) => boolean;
  readonly pathOf?: (name: string) => string;
}

/** Writes every published mart as Parquet, and what the build says of itself; the same rows give the same bytes. */
export async function freezeMarts(
  connection: Connection,
  folder: string,
  {isWanted = () => true, pathOf = name => `${name}.parquet`}: Wanted = {}
): Promise<FrozenMart[]> {
  await makeFolder(folder);
  const tables = await connection.rows<{name: string; columns: {name: string; type: string}[]}>(
    `select schema_name || '.' || table_name as name, list({name: column_name, type: data_type} order by column_index) as columns
     from duckdb_columns()
     where database_name = current_database() and (schema_name = 'marts' or schema_name = 'main' and table_name in ('build', 'build_models'))
     group by all order by name`
  );
  const frozen: FrozenMart[] = [];
  for (const {name, columns} of tables.filter(({name}) => isWanted(name))) {
    const path = pathOf(name);
    const {rows} = await connection.row<{rows: number}>(`select count(*)::integer as rows from ${name}`);
    await connection.run(`copy (from ${name}) to ${quoteText(join(folder, path))} (format parquet, compression zstd)`);
    frozen.push({path, sha256: sha256Of(await readFile(join(folder, path))), name, rows, columns});
  }
  return frozen;
}

/** Runs work on the marts of an edition as if they were the published ones. */
export async function withFrozenMarts<T>(
  folder: string,
  marts: readonly FrozenMart[],
  work: (connection: Connection) => Promise<T>
): Promise<T> {
  const database = await openDatabase(":memory:", {folders: [folder]});
  const connection = await database.connect();
  try {
    await connection.run("create schema marts");
    for (const mart of marts) await thawMart(connection, folder, mart, mart.name);
    return await work(connection);
  } finally {
    connection.close();
    database.close();
  }
}

/** Makes a table of a frozen mart, of the very types that it had. */
export async function thawMart(
  connection: Connection,
  folder: string,
  {path, columns}: FrozenMart,
  table: string
): Promise<void> {
  const typed = columns.map(({name, type}) => `${quoteName(name)}::${type} as ${quoteName(name)}`);
  await connection.run(
    `create table ${table} as select ${typed.join(", ")} from read_parquet(${quoteText(join(folder, path))})`
  );
}
