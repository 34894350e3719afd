import {mkdir, readFile, rename, writeFile} from "node:fs/promises";
import {dirname} from "node:path";

/** Writes a file under a temporary name and renames it; one that already holds the same bytes is left untouched. */
export async function writeIfNew(path: string, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  if (await holds(path, bytes)) return;
  await mkdir(dirname(path), {recursive: true});
  const temporary = `${path}.tmp`;
  await writeFile(temporary, bytes);
  await rename(temporary, path);
}

/** The bytes of a file, or null where there is none. */
export async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

async function holds(path: string, bytes: Buffer): Promise<boolean> {
  const there = await readIfThere(path);
  return there !== null && bytes.equals(there);
}
