import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {writeDurably} from "../durable.ts";
import {type Finding, findings} from "../models/marts/findings.ts";
import {readMart} from "../models/read-mart.ts";
import {withPublished} from "../warehouse/published.ts";
import {warehousePaths} from "../warehouse/warehouse.ts";

const instant = z.iso.datetime();

const seenSchema = z.strictObject({
  first_seen_at: instant,
  /** What it cost when it was first seen, or when it was last told to have become worse. */
  gbp_a_year: z.number().nullable(),
  worse_at: instant.nullable(),
  /** When a build found it no more; null while it is there. */
  gone_at: instant.nullable(),
  /** What it is called, for when it is gone. */
  title: z.string()
});

/** What is remembered of a finding from build to build. */
export type SeenFinding = z.infer<typeof seenSchema>;

const path = (dataFolder: string) => join(warehousePaths(dataFolder).folder, "findings-seen.json");

/** So much dearer is worse. */
const worseBy = 1.25;

/** What findings were seen, by their id. It lies beside the warehouse: where it is gone, all are new once. */
export async function readSeenFindings(dataFolder: string): Promise<ReadonlyMap<string, SeenFinding>> {
  const text = await readFile(path(dataFolder), "utf8").catch(() => "{}");
  try {
    return new Map(Object.entries(z.record(z.string(), seenSchema).parse(JSON.parse(text))));
  } catch {
    return new Map();
  }
}

/** Notes what findings a build made, new, worse or gone, for the daily message. Where that cannot be written, the run goes on. */
export async function noteFindings(
  dataFolder: string,
  titleOf: (finding: Finding) => string,
  now: Date
): Promise<void> {
  const found = await withPublished(dataFolder, connection => readMart(connection, findings)).catch(() => null);
  if (found === null) return;
  const before = await readSeenFindings(dataFolder);
  const after = new Map([
    ...gone(before, new Set(found.map(({finding_id}) => finding_id)), now),
    ...seen(before, found, titleOf, now)
  ]);
  const text = (all: ReadonlyMap<string, SeenFinding>) =>
    `${JSON.stringify(Object.fromEntries([...all].sort(([one], [other]) => (one < other ? -1 : 1))), null, 2)}\n`;
  if (text(after) !== text(before)) await writeDurably(path(dataFolder), text(after)).catch(() => {});
}

function seen(
  before: ReadonlyMap<string, SeenFinding>,
  found: readonly Finding[],
  titleOf: (finding: Finding) => string,
  now: Date
): [string, SeenFinding][] {
  return found.map(finding => {
    const {finding_id, gbp_a_year} = finding;
    const known = before.get(finding_id);
    const [at, title] = [now.toISOString(), titleOf(finding)];
    if (known === undefined || known.gone_at !== null)
      return [finding_id, {first_seen_at: at, gbp_a_year, worse_at: null, gone_at: null, title}];
    const isWorse = gbp_a_year !== null && gbp_a_year > worseBy * (known.gbp_a_year ?? Number.POSITIVE_INFINITY);
    return [finding_id, isWorse ? {...known, gbp_a_year, worse_at: at, title} : {...known, title}];
  });
}

function gone(
  before: ReadonlyMap<string, SeenFinding>,
  there: ReadonlySet<string>,
  now: Date
): [string, SeenFinding][] {
  return [...before]
    .filter(([id]) => !there.has(id))
    .map(([id, each]) => [id, {...each, gone_at: each.gone_at ?? now.toISOString()}]);
}
