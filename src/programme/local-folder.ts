import {createHash} from "node:crypto";
import {lstat, mkdir, readlink, rm, symlink} from "node:fs/promises";
import {basename, join, resolve} from "node:path";
import {CliError} from "../errors.ts";
import {takePlace} from "../warehouse/lock.ts";

/**
 * What of a data folder is shared by all workers. The rest, the warehouse and the places of its processes, each worker has on a disk of its own: a database
 * is never opened for writing over a network. It can be made again from the archive at any time.
 */
const sharedNames = [
  "council",
  "inbox",
  "snapshots",
  ".keys",
  "editions",
  "published",
  "public",
  "figures",
  "disclosures",
  "summit",
  ".truth"
] as const;

/** A part of a cache folder that is one worker's alone while it lives. */
export interface Slot {
  readonly folder: string;
  leave(): Promise<void>;
}

/** Takes the first part of a cache that no worker has: `CACHE/1`, `CACHE/2` … A worker that is stopped keeps its own; that of one that died is used again. */
export async function takeSlot(cache: string, words: string): Promise<Slot> {
  for (let number = 1; ; number += 1) {
    const folder = join(resolve(cache), String(number));
    await mkdir(folder, {recursive: true, mode: 0o700});
    const leave = await takePlace(folder, "worker", words);
    if (leave !== null) return {folder, leave};
  }
}

/** The data folder by which a worker works on a council: links to what is shared, beside a warehouse of its own. The same council always has the same one. */
export async function localFolder({folder: slot}: Pick<Slot, "folder">, root: string): Promise<string> {
  const shared = resolve(root);
  const id = createHash("sha256").update(shared).digest("hex").slice(0, 8);
  const folder = join(slot, `${basename(shared)}-${id}`);
  await mkdir(folder, {recursive: true, mode: 0o700});
  for (const name of sharedNames) await leadTo(join(shared, name), join(folder, name));
  return folder;
}

async function leadTo(target: string, path: string): Promise<void> {
  const there = await lstat(path).catch(() => null);
  if (there?.isSymbolicLink() && (await readlink(path)) === target) return;
  if (there !== null && !there.isSymbolicLink())
    throw new CliError(
      `${path} is no link: the folder of a worker holds nothing of its own but a warehouse. Move it away`
    );
  await rm(path, {force: true});
  await symlink(target, path);
}
