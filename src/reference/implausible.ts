import {readFile} from "node:fs/promises";
import {z} from "zod";
import {parseRegister} from "../domain/csv.ts";
import type {Connection} from "../warehouse/connection.ts";

const rowSchema = z.strictObject({
  kind: z.enum(["limit", "sentinel"]),
  reading: z.coerce.number().positive(),
  meaning: z.string(),
  source: z.string()
});

const reference = new URL("../../data/reference/implausible-readings.csv", import.meta.url);

/**
 * Tells a connection which readings are none: those above the limit, and those that stand for a meter's counter having run over. Anything as large
 * as the smallest of them (`suspect_from`) is looked at cell by cell.
 */
export async function setImplausible(connection: Connection): Promise<void> {
  const rows = parseRegister(await readFile(reference, "utf8")).map(({cells}) => rowSchema.parse(cells));
  const limit = Math.min(...rows.filter(({kind}) => kind === "limit").map(({reading}) => reading));
  const sentinels = rows.filter(({kind}) => kind === "sentinel").map(({reading}) => reading);
  await connection.run(`set variable largest_reading = ${limit}::double`);
  await connection.run(`set variable sentinels = [${sentinels.join(", ")}]::double[]`);
  await connection.run(`set variable suspect_from = ${Math.min(limit, ...sentinels)}::double`);
}
