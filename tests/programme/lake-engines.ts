import {join} from "node:path";
import {openDatabase} from "../../src/warehouse/connection.ts";

/** An engine that reads a lake as it is: rows of values, a text, a number, a yes or no, or nothing. */
export interface Engine {
  readonly name: string;
  ask(sql: string): Promise<unknown[][]>;
  close(): void;
}

const fileOf = (lake: string, table: string) => join(lake, "council=*", "edition=*", `${table}.parquet`);
const withTables = (sql: string, read: (table: string) => string) =>
  sql.replaceAll(/\{(\w+)\}/g, (_, table: string) => read(table));

/** DuckDB over the files of a lake. */
export async function duckdbOver(lake: string): Promise<Engine> {
  const database = await openDatabase(":memory:", {folders: [lake]});
  const connection = await database.connect();
  const read = (table: string) =>
    `read_parquet('${fileOf(lake, table)}', hive_partitioning = true, hive_types_autocast = false, union_by_name = true)`;
  return {
    name: "DuckDB",
    ask: async sql => (await connection.rows<Record<string, unknown>>(withTables(sql, read))).map(Object.values),
    close: () => {
      connection.close();
      database.close();
    }
  };
}

/** ClickHouse over the files of a lake, in this process; null where the package chdb is not installed: `npm install --no-save chdb@3.4.0`, 540 MB. */
export async function clickhouseOver(lake: string): Promise<Engine | null> {
  const name = "chdb";
  const chdb = (await import(name).catch(() => null)) as {
    readonly query: (sql: string, format: string) => string;
  } | null;
  if (chdb === null) return null;
  const read = (table: string) => `file('${fileOf(lake, table)}', 'Parquet')`;
  const settings =
    "settings use_hive_partitioning = 1, join_use_nulls = 1, output_format_json_quote_64bit_integers = 0";
  return {
    name: `ClickHouse ${chdb.query("select version()", "TabSeparatedRaw").trim()}`,
    ask: async sql =>
      chdb
        .query(`${withTables(sql, read)} ${settings}`, "JSONCompactEachRow")
        .split("\n")
        .filter(Boolean)
        .map(line => JSON.parse(line) as unknown[]),
    close: () => {}
  };
}

/** A value as both engines can say it: days as ISO, whole numbers as numbers. */
export function plainly(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === "bigint") return Number(value);
  return value;
}

/** What differs between two answers by more than 1e-9 of the value; nothing where they are equal. */
export function differences(first: readonly unknown[][], second: readonly unknown[][]): string[] {
  if (first.length !== second.length) return [`${first.length} rows and ${second.length}`];
  return first.flatMap((row, at) =>
    row.flatMap((value, column) => {
      const [a, b] = [plainly(value), plainly(second[at]?.[column])];
      return isEqual(a, b) ? [] : [`row ${at + 1}, column ${column + 1}: ${String(a)} and ${String(b)}`];
    })
  );
}

function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== "number" || typeof b !== "number") return a === b;
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}
