import {readFile} from "node:fs/promises";
import {z} from "zod";
import {parseRegister} from "../domain/csv.ts";
import {CheckError} from "../errors.ts";

const clock = z.enum(["settlement-period", "local-clock", "utc"]);

/** When a supply moved to market-wide half-hourly settlement, and what its data collector counts half-hours by from then on. */
export const migrationSchema = z.strictObject({
  meter_point_id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "letters, digits, hyphens and dots"),
  /** The first day settled half-hourly under market-wide settlement. */
  migrated_on: z.iso.date(),
  /** Who collects its data from then on; for an unmetered supply its meter administrator. */
  agent: z.string().min(1),
  clock_before: clock,
  clock_after: clock
});

export type Migration = z.infer<typeof migrationSchema>;

/** Reads `market-migrations.csv` of a council, which may be absent. */
export async function readMigrations(path: string): Promise<Migration[]> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  if (text.trim() === "") return [];
  return parseRegister(text).map(({line, cells}) => {
    const result = migrationSchema.safeParse(cells);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    throw new CheckError(
      `market-migrations.csv, row ${line}, ${issue?.path.join(".")}: ${cells[String(issue?.path[0])] ?? "(nothing)"}: ${issue?.message}`
    );
  });
}
