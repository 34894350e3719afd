import {createHash} from "node:crypto";
import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import type {Config} from "../council/config.ts";
import {lastEdition} from "../frozen/since.ts";
import {hashOfSources} from "../frozen/sources.ts";
import {refuseHeld} from "../holds.ts";
import type {Connection} from "../warehouse/connection.ts";
import {readNotRenewed, withPublished} from "../warehouse/published.ts";
import {siteFolders, wholeManifest} from "./files.ts";
import {noticeSchema} from "./notices.ts";

const publicationSchema = z.strictObject({
  figures: z.array(z.strictObject({id: z.string(), title: z.string(), alt: z.string()})),
  tables: z.array(z.string()),
  /** What is withheld, or of an earlier build. */
  notices: z.array(noticeSchema),
  /** What the public site holds back, a sentence a rule; null where there is none, since the council has not said what it may hold. */
  held_back: z.array(z.string()).nullable()
});

/** What was published. */
export interface PublishResult extends z.infer<typeof publicationSchema> {
  /** Where the house's own site is. */
  readonly folder: string;
  /** How many files are not as they were. */
  readonly changed: number;
}

const keptSchema = z.strictObject({
  madeOf: z.string(),
  manifest: z.string(),
  /** That of the public site; null where there is none. */
  everyone: z.string().nullable(),
  publication: publicationSchema
});

/**
 * Writes every figure and every open mart from the published marts. The same marts give the same bytes: where the build, the council's settings and
 * canopy itself are those of the last publication, and every file of it is as it was, nothing is made again.
 */
export async function publish(config: Config): Promise<PublishResult> {
  await refuseHeld(config.dataFolder);
  const {house, everyone} = siteFolders(config.dataFolder);
  const manifests = async () => ({
    manifest: await wholeManifest(house),
    everyone: config.council.publish === null ? null : await wholeManifest(everyone)
  });
  const place = join(config.dataFolder, "warehouse", "publication.json");
  return withPublished(config.dataFolder, async connection => {
    const madeOf = await hashOfMakings(connection, config);
    const kept = await readKept(place);
    const there = await manifests();
    if (kept?.madeOf === madeOf && kept.manifest === there.manifest && kept.everyone === there.everyone)
      return {...kept.publication, folder: house, changed: 0};
    const {makePublication} = await import("./make.ts");
    const {changed, folder, ...publication} = await makePublication(connection, config);
    const {manifest, everyone} = await manifests();
    if (manifest !== null) await keep(place, {madeOf, manifest, everyone, publication});
    return {...publication, folder, changed};
  });
}

/** Where it cannot be written, the next publication is made anew. */
async function keep(place: string, kept: z.infer<typeof keptSchema>): Promise<void> {
  await writeFile(place, JSON.stringify(kept)).catch(() => {});
}

/** Canopy itself as this process runs it: a scheduler goes on as it began, whatever is put in its place meanwhile. */
let sources: Promise<string> | undefined;

/** All that a publication is made of, as one hash. */
async function hashOfMakings(connection: Connection, {dataFolder, council, asOf}: Config): Promise<string> {
  sources ??= hashOfSources(["src", "notebooks"]);
  const parts = [
    await sources,
    await connection.rows("select fingerprint, as_of::varchar as as_of from main.build"),
    await readNotRenewed(connection),
    (await lastEdition(dataFolder))?.checkValue ?? null,
    [
      council.name,
      council.illustrative !== null,
      council.ons_code,
      asOf,
      council.accessibility_contact,
      council.data_licence,
      council.publish
    ]
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** What is kept of the last publication; null where there is nothing that can be read, which costs time and nothing else. */
async function readKept(place: string): Promise<z.infer<typeof keptSchema> | null> {
  try {
    return keptSchema.parse(JSON.parse(await readFile(place, "utf8")));
  } catch {
    return null;
  }
}
