import {mkdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {writeDurably} from "../durable.ts";
import {warehousePaths} from "../warehouse/warehouse.ts";

const heartbeatSchema = z.strictObject({
  version: z.literal(1),
  at: z.iso.datetime(),
  /** Who keeps the schedule, and since when. */
  process: z.string(),
  /** `stopped` where it was asked to; then nobody should wait for it. */
  state: z.enum(["running", "stopped"]),
  /** Whether nothing has failed, as `canopy digest` says it, and when that was looked at; null where it was not yet. */
  is_well: z.boolean().nullable(),
  looked_at: z.iso.datetime().nullable(),
  /** The run in hand; null where there is none. */
  doing: z.string().nullable(),
  next: z.strictObject({what: z.string(), due_at: z.iso.datetime()}).nullable()
});

/** A sign of life of the scheduler. */
export type Heartbeat = Readonly<z.infer<typeof heartbeatSchema>>;

/** Where the sign of life stands, for monitoring from outside: rewritten whole every minute. */
export const heartbeatPath = (dataFolder: string) => join(warehousePaths(dataFolder).folder, "heartbeat.json");

/** Writes a sign of life. Where that cannot be written nothing else stops: its age tells. */
export async function writeHeartbeat(dataFolder: string, heartbeat: Heartbeat): Promise<void> {
  const path = heartbeatPath(dataFolder);
  await mkdir(warehousePaths(dataFolder).folder, {recursive: true, mode: 0o700}).catch(() => {});
  await writeDurably(path, `${JSON.stringify(heartbeat, null, 2)}\n`).catch(() => {});
}

/** The last sign of life; null where there is none, or none that can be read. */
export async function readHeartbeat(dataFolder: string): Promise<Heartbeat | null> {
  const text = await readFile(heartbeatPath(dataFolder), "utf8").catch(() => null);
  try {
    return text === null ? null : heartbeatSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** A scheduler that is alive has been heard of since. */
const longestSilenceMilliseconds = 10 * 60_000;

/** Whether a scheduler that should be alive has been silent for too long. */
export const isStale = ({state, at}: Heartbeat, now: Date): boolean =>
  state === "running" && now.getTime() - Date.parse(at) > longestSilenceMilliseconds;
