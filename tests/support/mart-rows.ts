import {z} from "zod";
import {marts} from "../../src/models/marts/index.ts";
import {type Connection, openDatabase} from "../../src/warehouse/connection.ts";

/** Rows of marts by their names; a mart that is not named has none. */
export type MartRows = Readonly<Record<string, readonly object[]>>;

/** Runs work on a real database in which every mart stands by its contract and holds these rows, as of this day. */
export async function withMarts<T>(
  rows: MartRows,
  asOf: string,
  work: (connection: Connection) => Promise<T>
): Promise<T> {
  const strange = Object.keys(rows).filter(name => !marts.has(name));
  if (strange.length > 0) throw new Error(`no such mart: ${strange.join(", ")}`);
  const database = await openDatabase(":memory:", {folders: []});
  const connection = await database.connect();
  try {
    await connection.run("create schema marts");
    await connection.run(`create table main.build as select date '${asOf}' as as_of`);
    for (const {name, row} of marts.values()) {
      z.array(row).parse(rows[name] ?? []);
      const types = Object.entries(row.shape).map(([column, type]) => [column, sqlTypeOf(type as z.core.$ZodType)]);
      await connection.run(
        `create table marts.${name} as select unnest(from_json($1::json, '${JSON.stringify([Object.fromEntries(types)])}'), max_depth := 2)`,
        [JSON.stringify(rows[name] ?? [])]
      );
    }
    return await work(connection);
  } finally {
    connection.close();
    database.close();
  }
}

/** How DuckDB holds a column of a contract. */
export function sqlTypeOf(type: z.core.$ZodType): string {
  if (type instanceof z.ZodNullable) return sqlTypeOf(type.def.innerType);
  if (type instanceof z.ZodDate) return "TIMESTAMP_MS";
  if (type instanceof z.ZodBoolean) return "BOOLEAN";
  if (type instanceof z.ZodArray) return `${sqlTypeOf(type.def.element)}[]`;
  if (type instanceof z.ZodNumber) return type.format === "safeint" ? "INTEGER" : "DOUBLE";
  return "VARCHAR";
}
