import {createHash} from "node:crypto";
import {readdir} from "node:fs/promises";
import {basename, join, relative} from "node:path";
import {readArchive} from "../archive/archive.ts";
import {readHashed} from "../archive/snapshots.ts";
import {noneWhereAbsent} from "../durable.ts";
import {thisCanopy} from "../frozen/makings.ts";
import {inboxFolder} from "../ingest/ingest.ts";
import {snapshotsFolder} from "../ingest/reconcile.ts";

/** What is asked of a council: its numbers as of a day, as an edition. */
export interface Asked {
  /** The last day that figures speak of, ISO; a council that says its own keeps it. */
  readonly asOf: string;
  /** The edition's name; null takes the day. */
  readonly edition: string | null;
  /** Whether figures and pages are drawn. */
  readonly hasPages: boolean;
}

/**
 * What a council's numbers are made from, as one hash: canopy itself with every model and table of its own, the council's registers and settings, and every file
 * that has come, whether it still waits in the inbox or is in the archive, with what was decided of it. The same key is the same work: it is done once.
 */
export async function keyOf(path: string, {asOf}: Pick<Asked, "asOf">): Promise<string> {
  const {sources} = await thisCanopy();
  const settings = await hashedFiles(join(path, "council"));
  const archive = await readArchive(snapshotsFolder(path));
  const waiting = (await hashedFiles(inboxFolder(path))).map(([name, sha256]) => [basename(name), sha256] as const);
  const receipts = [...archive.receipts.values()];
  const taken = receipts.map(({file_name, sha256}) => [basename(file_name), sha256] as const);
  const decisions = receipts.flatMap(({sha256, decisions}) => decisions.map(decision => [sha256, decision] as const));
  const damages = archive.damages.map(({file, what}) => [file, what]);
  const files = [...new Set([...waiting, ...taken].map(pair => JSON.stringify(pair)))].sort();
  const all = [asOf, sources, settings, files, decisions.map(pair => JSON.stringify(pair)).sort(), damages];
  return createHash("sha256").update(JSON.stringify(all)).digest("hex");
}

/** Every file below a folder with the hash of its bytes, by its path in it. One that is being written is there as it is. */
async function hashedFiles(root: string): Promise<(readonly [path: string, sha256: string])[]> {
  const entries = await readdir(root, {recursive: true, withFileTypes: true}).catch(noneWhereAbsent);
  const paths = entries
    .filter(entry => entry.isFile() && !entry.name.startsWith("."))
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
  const hashed: (readonly [string, string])[] = [];
  for (const path of paths) hashed.push([relative(root, path), (await readHashed(path))?.sha256 ?? "growing"]);
  return hashed;
}
