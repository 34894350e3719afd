import {mkdir, readdir, readFile, writeFile} from "node:fs/promises";
import {dirname, join, normalize} from "node:path";
import {z} from "zod";
import {bytesHeld, type Damage, isAsReceived, lostBytes, readArchive} from "../archive/archive.ts";
import {noneWhereAbsent, syncFile} from "../durable.ts";
import {CliError} from "../errors.ts";
import {type Mark, readMark, smallFile} from "./backup.ts";

/** What was restored. */
export interface RestoreResult {
  readonly mark: Mark;
  /** Files of the archive, every byte of which was read again and is what came. */
  readonly files: number;
  /** What the backup does not hold as it was put there. */
  readonly damages: readonly Damage[];
}

type Opener = (bytes: Uint8Array) => Promise<Uint8Array>;

const smallSchema = z.array(z.tuple([z.string(), z.base64()]));

/**
 * Makes a data folder again from a backup. The warehouse is not in it: the next run makes it.
 *
 * @throws CliError where the backup is none, is encrypted and no key was given, or the data folder holds anything but a key of pseudonyms.
 */
export async function restore(
  folder: string,
  dataFolder: string,
  {open, onFile}: {readonly open: Opener | null; readonly onFile: (done: number, all: number) => void}
): Promise<RestoreResult> {
  const mark = await readMark(folder);
  if (mark === null) throw new CliError(`${folder} is no backup: it has no backup.json`);
  if (mark.is_encrypted && open === null)
    throw new CliError("the backup is encrypted: name the file of the secret key with --identity", {exitCode: 2});
  const there = (await readdir(dataFolder).catch(noneWhereAbsent)).filter(name => name !== ".keys");
  if (there.length > 0) throw new CliError(`${dataFolder} is not empty: restore into a folder of its own`);
  const files = await filesIn(folder);
  for (const [index, file] of files.entries()) {
    onFile(index, files.length);
    if (file === "backup.json" || file.endsWith(".tmp")) continue;
    const bytes = await readFile(join(folder, file));
    if (file === smallFile && open !== null) await writeSmall(dataFolder, await open(bytes));
    else if (file.endsWith(".age") && open !== null)
      await write(join(dataFolder, file.slice(0, -".age".length)), await open(bytes));
    else await write(join(dataFolder, file), bytes);
  }
  const root = join(dataFolder, "snapshots");
  const archive = await readArchive(root);
  const damages = [...archive.damages];
  const held = [...bytesHeld(archive)];
  for (const [sha256, name] of held)
    if (!(await isAsReceived(root, {sha256})) && !damages.some(({file}) => file.endsWith(sha256)))
      damages.push(lostBytes(sha256, name, true));
  return {mark, files: held.length, damages};
}

async function writeSmall(dataFolder: string, bytes: Uint8Array): Promise<void> {
  const list = smallSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  for (const [file, text] of list) {
    const path = normalize(join(dataFolder, file));
    if (!path.startsWith(join(dataFolder, "/")))
      throw new CliError(`the backup holds a file outside its folder: ${file}`);
    await write(path, Buffer.from(text, "base64"));
  }
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), {recursive: true, mode: 0o700});
  await writeFile(path, bytes, {mode: 0o600});
  await syncFile(path, "r+");
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(join(folder, "/").length))
    .sort();
}
