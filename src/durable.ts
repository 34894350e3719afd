import {open, readdir, rm, stat} from "node:fs/promises";
import {dirname} from "node:path";
import {ArchiveError, HoldError, messageOf} from "./errors.ts";
import {asideOf, orLost, putInPlace, renameBeside} from "./holds.ts";

/** Writes a small file so that after a crash it is whole or absent. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const temporary = asideOf(path, `${path}.${process.pid}.tmp`);
  try {
    const file = await open(temporary, "w", 0o600).catch(error => orLost(error, path));
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await putInPlace(temporary, path);
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
  const handle = await open(path, flags).catch(error => orLost(error, path));
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What the archive does not take is never the fault of the file, whatever the system's code. */
export function notTaken(root: string): (error: unknown) => Promise<never> {
  return async error => {
    if (error instanceof ArchiveError || error instanceof HoldError) throw error;
    await orLost(error, root).catch(thrown => {
      if (thrown instanceof HoldError) throw thrown;
    });
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
  await renameBeside(path, `${path}.damaged-${last + 1}`);
}

/** Nothing, where a folder or file is absent; any other error is thrown. */
export function noneWhereAbsent(error: NodeJS.ErrnoException): never[] {
  if (error.code === "ENOENT") return [];
  throw error;
}
