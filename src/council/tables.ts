import type {Connection} from "../warehouse/connection.ts";
import type {SqlType} from "./columns.ts";
import {fill as fillTable} from "./register.ts";

/** Makes a table of the scratch database, from the text of its columns, and fills it. */
export function fill(connection: Connection, table: string, columns: string, rows: readonly object[]): Promise<void> {
  const types = columns.split(", ").map(column => column.split(" ") as [string, SqlType]);
  return fillTable(connection, {table, types: Object.fromEntries(types)}, rows);
}
