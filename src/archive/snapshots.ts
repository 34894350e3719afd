import {createHash} from "node:crypto";
import {constants} from "node:fs";
import {type FileHandle, open, rm, stat, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {notTaken, setAside, sizeOf, syncFile, syncFolder} from "../durable.ts";
import {ArchiveError, FeedError} from "../errors.ts";
import {asideOf, makeFolder, putInPlace} from "../holds.ts";

/** Bytes in the archive, as received, in a file that is named by their sha-256. Nothing here is ever changed. */
export interface Kept {
  readonly sha256: string;
  readonly bytes: number;
  readonly path: string;
}

export const folderOf = (sha256: string) => sha256.slice(0, 2);

/** Where bytes of this hash stand. */
export function snapshotPath(root: string, {sha256}: {readonly sha256: string}): string {
  return join(root, folderOf(sha256), sha256);
}

/** What is known of the archive before a file is taken into it: sizes of bytes that it holds, and hashes of those that were erased. */
interface Known {
  readonly held?: ReadonlySet<number>;
  readonly erased?: ReadonlySet<string>;
}

/**
 * Takes the bytes of a file into the archive: written aside, counted, synced, read back and hashed, renamed, their folder synced. A file of a size that
 * is `held` is hashed first, and not copied where the archive has its bytes. Bytes that are there in another size than theirs are damaged: they are set
 * aside, and these take their place. Returns null where the file was still being written, for a later run to take, and `erased` where its bytes were erased
 * from the archive for good: they are not taken again.
 *
 * @throws ArchiveError where the disk did not take or does not give back what was written.
 */
export async function takeBytes(
  root: string,
  path: string,
  {held = new Set(), erased = new Set()}: Known = {}
): Promise<Kept | "erased" | null> {
  await makeFolder(root, {mode: 0o700}).catch(notTaken(root));
  const known = await keptBytes(root, path, {held, erased});
  if (known !== null) return known;
  const temporary = asideOf(join(root, "bytes"), join(root, `${process.pid}.tmp`));
  try {
    const copied = await copyHashed(path, temporary);
    if (copied === null) return null;
    await keepBytes(root, temporary, copied).catch(notTaken(root));
    return {...copied, path: snapshotPath(root, copied)};
  } finally {
    await rm(temporary, {force: true});
  }
}

/** What bytes are called. */
export const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Takes small files that were read whole into the archive, together, each as `takeBytes` does. Returns their hashes in the same order. */
export async function takeSmall(root: string, files: readonly Uint8Array[]): Promise<string[]> {
  const hashes = files.map(hashOf);
  const isNew = await Promise.all(
    hashes.map(async (sha256, index) => {
      const size = await sizeOf(snapshotPath(root, {sha256}));
      return size !== files[index]?.length && hashes.indexOf(sha256) === index;
    })
  );
  const put = async (bytes: Uint8Array, index: number) => {
    if (isNew[index] !== true) return;
    const sha256 = hashes[index] ?? "";
    const temporary = asideOf(join(root, sha256), join(root, `${process.pid}-${index}.tmp`));
    try {
      await writeFile(temporary, bytes, {mode: 0o600});
      await keepBytes(root, temporary, {sha256, bytes: bytes.length});
    } finally {
      await rm(temporary, {force: true});
    }
  };
  await makeFolder(root, {mode: 0o700}).catch(notTaken(root));
  await Promise.all(files.map((bytes, index) => put(bytes, index).catch(notTaken(root))));
  return hashes;
}

/** The bytes of a file where the archive has them already, and the file stands still. */
async function keptBytes(root: string, path: string, {held, erased}: Required<Known>): Promise<Kept | "erased" | null> {
  const {size} = await stat(path);
  const found = held.has(size) || erased.size > 0 ? await readHashed(path) : null;
  if (found === null) return null;
  if (erased.has(found.sha256)) return "erased";
  const kept = {...found, path: snapshotPath(root, found)};
  return (await sizeOf(kept.path)) === kept.bytes ? kept : null;
}

async function keepBytes(root: string, temporary: string, copied: Hashed): Promise<void> {
  const path = snapshotPath(root, copied);
  if ((await sizeOf(path)) === copied.bytes) return;
  await syncFile(temporary, "r+");
  const back = await readHashed(temporary);
  if (back?.sha256 !== copied.sha256 || back.bytes !== copied.bytes)
    throw new ArchiveError(`the disk does not give back what was written: ${temporary}`);
  await makeFolder(join(root, folderOf(copied.sha256)), {mode: 0o700});
  await setAside(path);
  await putInPlace(temporary, path);
  await syncFolder(join(root, folderOf(copied.sha256)));
  await syncFolder(root);
}

async function copyHashed(from: string, to: string): Promise<Hashed | null> {
  const target = await open(to, "wx", 0o600).catch(notTaken(dirname(to)));
  try {
    return await readHashed(from, chunk => writeAll(target, chunk, to));
  } finally {
    await target.close();
  }
}

/** A disk that is nearly full takes a part of what it is given, and says so only in the count. */
async function writeAll(target: FileHandle, chunk: Buffer, path: string): Promise<void> {
  for (let at = 0; at < chunk.length; ) {
    const {bytesWritten} = await target.write(chunk, at).catch(notTaken(dirname(path)));
    if (bytesWritten === 0) throw new ArchiveError(`the disk takes no more: ${path}`);
    at += bytesWritten;
  }
}

type Hashed = Pick<Kept, "sha256" | "bytes">;

/** The hash and size of a file, `take` being given each part of it as it is hashed; null where it was still being written. */
export async function readHashed(
  path: string,
  take: (chunk: Buffer) => Promise<unknown> = async () => {}
): Promise<Hashed | null> {
  const source = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const before = await source.stat();
    if (!before.isFile()) throw new FeedError(`not a file: ${path}`);
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of source.createReadStream({
      autoClose: false,
      highWaterMark: 4 << 20
    }) as AsyncIterable<Buffer>) {
      const taken = take(chunk);
      hash.update(chunk);
      bytes += chunk.length;
      await taken;
    }
    const after = await source.stat();
    const isStill = after.size === bytes && after.mtimeMs === before.mtimeMs;
    return isStill ? {sha256: hash.digest("hex"), bytes} : null;
  } finally {
    await source.close();
  }
}
