import {mkdir, readdir, readFile, rename, rm, writeFile} from "node:fs/promises";
import {dirname, join, relative} from "node:path";
import {z} from "zod";
import {bytesHeld, type Damage, erasedBytes, readArchive} from "../archive/archive.ts";
import {journalFile, readJournal} from "../archive/journal.ts";
import {hashOf, snapshotPath} from "../archive/snapshots.ts";
import {noneWhereAbsent, sizeOf, syncFile, syncFolder, writeDurably} from "../durable.ts";
import {CliError} from "../errors.ts";
import type {Sealer} from "./age.ts";

/**
 * A backup is a folder like a data folder: `council` with its registers, `snapshots` with the archive, `published`, `disclosures`, `editions`; and `backup.json`, written last. The
 * warehouse is not in it, since it is made from the archive. Nor is the key of the pseudonyms, which may never stand beside the data.
 * An encrypted one holds each of the archive's bytes as `snapshots/ab/HASH.age`, each file of an edition likewise, and all small files together as `small.age`.
 */
const markSchema = z.strictObject({
  version: z.literal(1),
  made_at: z.iso.datetime(),
  is_encrypted: z.boolean(),
  /** How far the journal of the archive went, and its last seal. */
  entries: z.int(),
  seal: z.string().nullable(),
  files: z.int(),
  bytes: z.int()
});

export type Mark = z.infer<typeof markSchema>;

const markPath = (folder: string) => join(folder, "backup.json");
export const smallFile = "small.age";

/** Reads what a backup says of itself; null where the folder is none. */
export async function readMark(folder: string): Promise<Mark | null> {
  const text = await readFile(markPath(folder), "utf8").catch(error => noneWhereAbsent(error).join(""));
  if (text === "") return null;
  try {
    return markSchema.parse(JSON.parse(text));
  } catch {
    throw new CliError(`${markPath(folder)} is not what canopy backup writes`);
  }
}

/** What was put into a backup. */
export interface BackupResult {
  readonly mark: Mark;
  /** Files of the archive that were not in it before. */
  readonly copied: number;
  /** What of the archive is damaged, and so is not in the backup as it came. */
  readonly damages: readonly Damage[];
}

/** Small files beside the archive's bytes: their path within the data folder, and what they hold. */
type Small = Map<string, Buffer>;

/** How often a backup begins again with the small files because the archive went on meanwhile. */
const mostLooks = 10;

/**
 * Copies a data folder while others work in it: the archive only ever grows, so that what was there at one moment can be copied at leisure. Bytes that the
 * backup has already are not copied again.
 *
 * @throws CliError where a receipt, a decision or the journal is damaged, or the folder is something else, or the backup of another archive, or encrypted otherwise.
 */
export async function backup(
  dataFolder: string,
  folder: string,
  {
    sealer,
    now,
    onFile
  }: {
    readonly sealer: Sealer | null;
    readonly now: () => Date;
    readonly onFile: (done: number, all: number) => void;
  }
): Promise<BackupResult> {
  await checkTarget(dataFolder, folder, sealer !== null);
  await mkdir(folder, {recursive: true, mode: 0o700});
  const root = join(dataFolder, "snapshots");
  let copied = 0;
  for (let look = 1; ; look += 1) {
    const archive = await readArchive(root);
    // A receipt or journal that is not as it was sealed would take the place of the whole one in the backup.
    const broken = archive.damages.find(({of}) => of !== "bytes");
    if (broken !== undefined)
      throw new CliError(
        `the archive is damaged (${broken.file}: ${broken.words}), and the backup stays as it is. First: canopy verify`
      );
    const before = archive.entries.length;
    const bytes = [...bytesHeld(archive)];
    for (const [index, [sha256]] of bytes.entries()) {
      onFile(index, bytes.length);
      if (await copyBytes(root, join(folder, "snapshots"), sha256, sealer)) copied += 1;
    }
    for (const sha256 of erasedBytes(archive))
      for (const end of ["", ".age"])
        await rm(`${snapshotPath(join(folder, "snapshots"), {sha256})}${end}`, {force: true});
    await copyEditions(dataFolder, folder, sealer);
    const small = await readSmall(dataFolder);
    const isSame = (await readJournal(root)).entries.length === before;
    if (!isSame && look < mostLooks) continue;
    await putSmall(folder, small, sealer);
    const mark: Mark = {
      version: 1,
      made_at: now().toISOString(),
      is_encrypted: sealer !== null,
      entries: archive.entries.length,
      seal: archive.entries.at(-1)?.seal ?? null,
      files: bytes.length,
      bytes: await sizes(root, bytes)
    };
    await writeDurably(markPath(folder), `${JSON.stringify(mark, null, 2)}\n`);
    return {mark, copied, damages: archive.damages};
  }
}

async function checkTarget(dataFolder: string, folder: string, isEncrypted: boolean): Promise<void> {
  if (!relative(dataFolder, folder).startsWith(".."))
    throw new CliError("a backup within the data folder is lost with it: name another folder", {exitCode: 2});
  const names = await readdir(folder).catch(noneWhereAbsent);
  const mark = await readMark(folder);
  if (mark === null && names.length > 0)
    throw new CliError(`${folder} is not empty, and no backup: name another folder`);
  if (mark === null) return;
  if (mark.is_encrypted !== isEncrypted)
    throw new CliError(
      `${folder} is ${mark.is_encrypted ? "" : "not "}encrypted: ${mark.is_encrypted ? "give --recipient, or" : ""} name another folder`
    );
  const {entries} = await readArchive(join(dataFolder, "snapshots"));
  if (mark.entries > 0 && entries[mark.entries - 1]?.seal !== mark.seal)
    throw new CliError(
      `${folder} is the backup of another archive, or of a later state of this one: name another folder`
    );
}

/** Copies bytes that the backup lacks, hashed as they go; false where it has them, or they are not what came. */
async function copyBytes(from: string, to: string, sha256: string, sealer: Sealer | null): Promise<boolean> {
  const target = `${snapshotPath(to, {sha256})}${sealer === null ? "" : ".age"}`;
  const size = await sizeOf(target);
  const source = snapshotPath(from, {sha256});
  if (size !== null && (sealer !== null || size === (await sizeOf(source)))) return false;
  const bytes = await readFile(source).catch(() => null);
  if (bytes === null || hashOf(bytes) !== sha256) return false;
  await put(target, sealer === null ? bytes : await sealer.seal(bytes));
  return true;
}

/** Copies editions that the backup lacks: an edition never changes once it is there. */
async function copyEditions(dataFolder: string, folder: string, sealer: Sealer | null): Promise<void> {
  for (const path of await filesIn(join(dataFolder, "editions"))) {
    const file = relative(dataFolder, path);
    const target = `${join(folder, file)}${sealer === null ? "" : ".age"}`;
    if (file.startsWith(join("editions", ".")) || (await sizeOf(target)) !== null) continue;
    const bytes = await readFile(path);
    await put(target, sealer === null ? bytes : await sealer.seal(bytes));
  }
}

/** Puts a file in place by a rename, whole and synced. */
async function put(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), {recursive: true, mode: 0o700});
  const temporary = `${path}.tmp`;
  try {
    await writeFile(temporary, bytes, {mode: 0o600});
    await syncFile(temporary, "r+");
    await rename(temporary, path);
  } finally {
    await rm(temporary, {force: true});
  }
  await syncFolder(dirname(path));
}

/** Folders of small files: a backup holds them as they are now. */
const mirrored = ["council", "published", "disclosures"];

async function readSmall(dataFolder: string): Promise<Small> {
  const small: Small = new Map();
  for (const name of mirrored)
    for (const path of await filesIn(join(dataFolder, name)))
      small.set(relative(dataFolder, path), await readFile(path));
  const root = join(dataFolder, "snapshots");
  for (const path of await filesIn(root))
    if (path.endsWith(".json") || path.endsWith(journalFile))
      small.set(relative(dataFolder, path), await readFile(path));
  return small;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true}).catch(noneWhereAbsent);
  return entries
    .filter(entry => entry.isFile() && !/\.tmp$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
}

/** Makes the small files of a backup those of now; the journal last, so that it never speaks of a file that is not there. */
async function putSmall(folder: string, small: Small, sealer: Sealer | null): Promise<void> {
  if (sealer !== null) {
    const list = [...small].map(([file, bytes]) => [file, bytes.toString("base64")]);
    await put(join(folder, smallFile), await sealer.seal(Buffer.from(JSON.stringify(list))));
    return;
  }
  const last = (file: string) => file.endsWith(journalFile);
  for (const [file, bytes] of [...small].sort(([a], [b]) => Number(last(a)) - Number(last(b)))) {
    const there = await readFile(join(folder, file)).catch(() => null);
    if (there === null || !there.equals(bytes)) await put(join(folder, file), bytes);
  }
  for (const name of mirrored)
    for (const path of await filesIn(join(folder, name))) if (!small.has(relative(folder, path))) await rm(path);
}

async function sizes(root: string, bytes: readonly (readonly [sha256: string, name: string])[]): Promise<number> {
  const all = await Promise.all(bytes.map(async ([sha256]) => (await sizeOf(snapshotPath(root, {sha256}))) ?? 0));
  return all.reduce((sum, size) => sum + size, 0);
}
