import {createHash} from "node:crypto";
import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";

const house = fileURLToPath(new URL("../../", import.meta.url));

/** A hash of these folders and files of canopy itself and of its libraries: what is made with them is made again when it changes. */
export async function hashOfSources(folders: readonly string[], singles: readonly string[] = []): Promise<string> {
  const found = await Promise.all(folders.map(filesOf));
  const hash = createHash("sha256");
  for (const path of [...found.flat(), ...singles, "package.json", "package-lock.json"]) {
    const bytes = await readFile(join(house, path)).catch(() => Buffer.alloc(0));
    hash.update(`${path} ${bytes.length} `).update(bytes);
  }
  return hash.digest("hex");
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(join(house, folder), {recursive: true, withFileTypes: true});
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  return files.map(file => file.slice(house.length)).sort();
}
