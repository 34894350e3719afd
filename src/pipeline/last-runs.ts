import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {writeDurably} from "../durable.ts";
import {warehousePaths} from "../warehouse/warehouse.ts";

const runSchema = z.strictObject({
  started_at: z.iso.datetime(),
  ended_at: z.iso.datetime(),
  outcome: z.enum(["done", "failed"]),
  /** What failed, in words: of a run that was done, parts of it. */
  problems: z.array(z.string())
});

const runsSchema = z.record(z.string(), runSchema);

/** How a command went when it last ran. */
export type LastRun = z.infer<typeof runSchema>;

const lastRunsPath = (dataFolder: string) => join(warehousePaths(dataFolder).folder, "last-runs.json");

/** How each writing command went when it last ran, by its name. It is kept beside the warehouse, which may be what failed. None where it cannot be read. */
export async function readLastRuns(dataFolder: string): Promise<ReadonlyMap<string, LastRun>> {
  const text = await readFile(lastRunsPath(dataFolder), "utf8").catch(() => "{}");
  try {
    return new Map(Object.entries(runsSchema.parse(JSON.parse(text))));
  } catch {
    return new Map();
  }
}

/** Notes how a command went. Where that cannot be written, the run itself goes on: the disk says so elsewhere. */
export async function noteRun(dataFolder: string, command: string, run: LastRun): Promise<void> {
  const runs = new Map(await readLastRuns(dataFolder)).set(command, run);
  await writeDurably(lastRunsPath(dataFolder), `${JSON.stringify(Object.fromEntries(runs), null, 2)}\n`).catch(
    () => {}
  );
}
