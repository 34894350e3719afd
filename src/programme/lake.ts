import {mkdir, readdir, readFile, rm} from "node:fs/promises";
import {dirname, join} from "node:path";
import {z} from "zod";
import type {Config} from "../council/config.ts";
import {readRegisters} from "../council/registers.ts";
import {noneWhereAbsent, syncFolder, writeDurably} from "../durable.ts";
import {freezeMarts} from "../frozen/frozen-marts.ts";
import {checkHold, makeFolder, putInPlace} from "../holds.ts";
import {marts} from "../models/marts/index.ts";
import {heldBackOf} from "../publish/public/held-back.ts";
import {withPublicMarts} from "../publish/public/public-marts.ts";

/**
 * The lake: what crosses councils, as Parquet that any engine reads as it is. `council=E08000007/edition=2026-10-31/emissions_by_source.parquet`, one file
 * an open table, of a council's edition, as its own list lets it out; and `manifest.json`, which lists them. An edition's folder is put in place whole by a rename and
 * never changed.
 */
export const lakeSchema = 1;

const manifestSchema = z.object({
  /** Which schema its tables are of: columns are only ever added within one. */
  canopy_lake: z.int(),
  council: z.string(),
  name: z.string(),
  illustrative: z.boolean(),
  edition: z.string(),
  status: z.enum(["draft", "final"]),
  as_of: z.iso.date(),
  canopy: z.object({version: z.string(), sources: z.string()}),
  /** What the work was asked for with and made from. */
  key: z.string(),
  /** Whether the edition has figures and pages, which lie with the council. */
  has_pages: z.boolean(),
  tables: z.array(
    z.object({
      path: z.string(),
      name: z.string(),
      rows: z.int(),
      sha256: z.string()
    })
  )
});
export type LakeManifest = z.infer<typeof manifestSchema>;

/** An edition of the lake and where it lies. */
export interface LakeEdition {
  readonly folder: string;
  readonly manifest: LakeManifest;
}

const manifestName = "manifest.json";
const folderOf = (lake: string, council: string, edition: string) =>
  join(lake, `council=${council}`, `edition=${edition}`);

/** Which edition an entry of the lake is of, without what is counted. */
export type LakeEntry = Omit<LakeManifest, "tables" | "canopy_lake">;

/** Puts the open tables of the published marts into the lake as an edition. One that is there already stays as it is. */
export async function putEdition(lake: string, config: Config, entry: LakeEntry, aside: string): Promise<LakeEdition> {
  const folder = folderOf(lake, entry.council, entry.edition);
  const there = await readLakeEdition(folder);
  if (there !== null) return there;
  await rm(aside, {recursive: true, force: true});
  await makeFolder(aside);
  try {
    const heldBack = heldBackOf(config, await readRegisters(config.dataFolder));
    const open = new Set([...marts.values()].filter(({isOpenData}) => isOpenData).map(({name}) => `marts.${name}`));
    const plain = (name: string) => name.replace(/^marts\./, "");
    const frozen = await withPublicMarts(
      config.dataFolder,
      heldBack,
      connection =>
        freezeMarts(connection, aside, {isWanted: name => open.has(name), pathOf: name => `${plain(name)}.parquet`}),
      {folders: [aside]}
    );
    const tables = frozen.map(({path, name, rows, sha256}) => ({path, name: plain(name), rows, sha256}));
    const manifest: LakeManifest = {canopy_lake: lakeSchema, ...entry, tables};
    await writeDurably(join(aside, manifestName), `${JSON.stringify(manifest, null, 1)}\n`);
    await checkHold(aside);
    await mkdir(dirname(folder), {recursive: true});
    await putInPlace(aside, folder);
    await syncFolder(dirname(folder));
    return {folder, manifest};
  } finally {
    await rm(aside, {recursive: true, force: true});
  }
}

/** What an edition of the lake says of itself; null where it is none, or cannot be read. */
async function readLakeEdition(folder: string): Promise<LakeEdition | null> {
  const text = await readFile(join(folder, manifestName), "utf8").catch(noneWhereAbsent);
  if (typeof text !== "string") return null;
  try {
    return {folder, manifest: manifestSchema.parse(JSON.parse(text))};
  } catch {
    return null;
  }
}

/** What a lake holds: its editions, each council's oldest first, and the folders that cannot be read. */
export async function readLake(
  lake: string
): Promise<{editions: readonly LakeEdition[]; unreadable: readonly string[]}> {
  const councils = (await readdir(lake).catch(noneWhereAbsent)).filter(name => name.startsWith("council=")).sort();
  const folders = await Promise.all(
    councils.map(async council => {
      const names = await readdir(join(lake, council)).catch(noneWhereAbsent);
      return names.filter(name => name.startsWith("edition=")).map(name => join(council, name));
    })
  );
  const all = folders.flat().sort();
  const read = await Promise.all(all.map(folder => readLakeEdition(join(lake, folder))));
  return {
    editions: read.filter(each => each !== null).sort(byAge),
    unreadable: all.filter((_, index) => read[index] === null)
  };
}

/** By council; then the one that speaks of the later day is later, and of one day that of the later name, numbers in it by their size. */
function byAge({manifest: a}: LakeEdition, {manifest: b}: LakeEdition): number {
  if (a.council !== b.council) return a.council < b.council ? -1 : 1;
  if (a.as_of !== b.as_of) return a.as_of < b.as_of ? -1 : 1;
  return a.edition.localeCompare(b.edition, "en-GB", {numeric: true});
}

/** The newest edition of each council, by its code. */
export function newestOf(editions: readonly LakeEdition[]): ReadonlyMap<string, LakeEdition> {
  return new Map(editions.map(edition => [edition.manifest.council, edition]));
}
