import {open, readdir, rename, rm, stat} from "node:fs/promises";
import {dirname} from "node:path";
import {ArchiveError, messageOf} from "./errors.ts";

/** Writes a small file so that after a crash it is whole or absent. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, "w", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, {force: true}).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(path));
}

export async function syncFolder(folder: string): Promise<void> {
  if (process.platform !== "win32") await syncFile(folder);
}

export async function syncFile(path: string, flags = "r"): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What the archive does not take is never the fault of the file, whatever the system's code. */
export function notTaken(root: string): (error: unknown) => never {
  return error => {
    if (error instanceof ArchiveError) throw error;
    throw new ArchiveError(`the archive cannot be written to: ${root}: ${messageOf(error)}`);
  };
}

/** The size of a file; null where there is none. */
export const sizeOf = (path: string): Promise<number | null> =>
  stat(path).then(
    ({size}) => size,
    () => null
  );

/** Puts a file that is not what it should be out of the way, beside where it was, for a person to look at. Nothing is done where there is none. */
export async function setAside(path: string): Promise<void> {
  const names = await readdir(dirname(path)).catch(() => []);
  const beginning = `${path.slice(dirname(path).length + 1)}.damaged-`;
  const last = Math.max(
    0,
    ...names.flatMap(name => (name.startsWith(beginning) ? [Number(name.slice(beginning.length)) || 0] : []))
  );
  await rename(path, `${path}.damaged-${last + 1}`).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}

/** Nothing, where a folder or file is absent; any other error is thrown. */
export function noneWhereAbsent(error: NodeJS.ErrnoException): never[] {
  if (error.code === "ENOENT") return [];
  throw error;
}
