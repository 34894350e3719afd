import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {writeDurably} from "../durable.ts";
import type {Effects} from "../effects.ts";
import type {Api} from "../sources/http/api.ts";
import {apis} from "../sources/services.ts";
import {warehousePaths} from "../warehouse/warehouse.ts";

const standingSchema = z.strictObject({
  last_tried_at: z.iso.datetime(),
  last_answered_at: z.iso.datetime().nullable(),
  /** Why the last attempt failed; null where it did not. */
  last_failure: z.string().nullable(),
  failures_in_a_row: z.int()
});

/** How asking a service has gone. */
export type ServiceStanding = z.infer<typeof standingSchema>;

/** A service as this council uses it. */
export interface Service {
  readonly api: Api;
  /** A service is used where one of its variables is set; a service used by another's leave is never called unasked. */
  readonly isUsed: boolean;
  /** Its settings as read from the environment; null where it is not used or they are wrong. */
  readonly settings: unknown;
  /** What is wrong with its settings, by variable and without values; null where nothing is. */
  readonly problem: string | null;
  readonly standing: ServiceStanding | null;
}

const standingsPath = (dataFolder: string) => join(warehousePaths(dataFolder).folder, "services.json");

/** Every service with its settings and how it stands. */
export async function readServices(
  dataFolder: string,
  {environment}: Pick<Effects, "environment">
): Promise<Service[]> {
  const standings = await readStandings(dataFolder);
  return [...apis.values()].map(api => {
    const isUsed = Object.keys(api.variables).some(name => (environment[name] ?? "") !== "");
    const given = api.settings.safeParse(environment);
    return {
      api,
      isUsed,
      settings: isUsed && given.success ? given.data : null,
      problem: isUsed && !given.success ? problemOf(given.error) : null,
      standing: standings[api.name] ?? null
    };
  });
}

/** Which variables are wrong; what they hold is secret. */
function problemOf(error: z.ZodError): string {
  const names = error.issues.map(
    ({path, code}) => `${path.join(".") || "settings"} (${code === "invalid_type" ? "not set" : "not as it should be"})`
  );
  return [...new Set(names)].join(", ");
}

/** Keeps how asking a service went. */
export async function keepStanding(dataFolder: string, name: string, at: Date, failure: string | null): Promise<void> {
  const standings = await readStandings(dataFolder);
  const before = standings[name];
  const standing: ServiceStanding = {
    last_tried_at: at.toISOString(),
    last_answered_at: failure === null ? at.toISOString() : (before?.last_answered_at ?? null),
    last_failure: failure,
    failures_in_a_row: failure === null ? 0 : (before?.failures_in_a_row ?? 0) + 1
  };
  await writeDurably(standingsPath(dataFolder), `${JSON.stringify({...standings, [name]: standing}, null, 2)}\n`);
}

async function readStandings(dataFolder: string): Promise<Record<string, ServiceStanding>> {
  const text = await readFile(standingsPath(dataFolder), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "{}";
    throw error;
  });
  return z.record(z.string(), standingSchema).parse(JSON.parse(text));
}
