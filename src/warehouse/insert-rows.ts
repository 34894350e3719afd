import type {Connection} from "./connection.ts";

/** The fields of rows, each with the SQL type that its value is read as. */
export type Shape = Readonly<Record<string, string>>;

/**
 * Puts rows into a table, columns by name and never by position; a column that is not named takes the table's default. A value that is not of its
 * field's type is an error of DuckDB that names it. `lands` says what lands in each column, as expressions over the fields (`r.line`); without it each
 * field lands in the column of its name.
 */
export async function insertRows<Row extends object>(
  connection: Connection,
  table: string,
  shape: Shape,
  rows: readonly Row[],
  lands: Readonly<Record<string, string>> = Object.fromEntries(Object.keys(shape).map(field => [field, `r.${field}`]))
): Promise<void> {
  const statement = `insert into ${table} (${Object.keys(lands).join(", ")})
     select ${Object.values(lands).join(", ")}
     from (select unnest(from_json($1::json, '${JSON.stringify([shape])}')) as r)`;
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await connection.run(statement, [JSON.stringify(rows.slice(from, from + rowsAtOnce))]);
}

/** Rows travel as one text, which DuckDB holds in memory several times. */
const rowsAtOnce = 20_000;
