import {z} from "zod";
import type {Connection, SqlValues} from "../warehouse/connection.ts";
import type {Mart} from "./mart.ts";

/**
 * Rows of one published mart, by its contract: its columns and no others. The build has proved that the mart is as its contract says, so that no row is
 * looked at again. `rest` is what follows the mart's name: `where … order by …`.
 */
export async function readMart<Shape extends z.ZodRawShape>(
  connection: Connection,
  {name, row}: Mart<Shape>,
  rest = "",
  values: SqlValues = []
): Promise<z.infer<z.ZodObject<Shape>>[]> {
  return connection.rows(`select ${Object.keys(row.shape).join(", ")} from marts.${name} ${rest}`, values);
}

/**
 * Rows that a statement works out from published marts: sums and joins, which no contract promises, so that each is parsed by its shape.
 *
 * @throws ZodError on a row that is not of the shape.
 */
export async function readFromMarts<Shape extends z.ZodRawShape>(
  connection: Connection,
  shape: z.ZodObject<Shape>,
  sql: string,
  values: SqlValues = []
): Promise<z.infer<z.ZodObject<Shape>>[]> {
  return z.array(shape).parse(await connection.rows(sql, values));
}

/** The only row of such a statement. */
export async function readOneFromMarts<Shape extends z.ZodRawShape>(
  connection: Connection,
  shape: z.ZodObject<Shape>,
  sql: string,
  values: SqlValues = []
): Promise<z.infer<z.ZodObject<Shape>>> {
  return shape.parse(await connection.row(sql, values));
}
