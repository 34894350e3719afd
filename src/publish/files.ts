import {createHash} from "node:crypto";
import {mkdir, readFile, rename, rm, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";

/** A file to publish: its path within the published folder and its bytes. */
export interface PublishedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

interface Manifest {
  readonly files: readonly {readonly path: string; readonly sha256: string}[];
}

const manifestName = "manifest.json";
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/**
 * Makes the published folder hold exactly these files: each is put in place by a rename, one whose bytes are there already is left alone, one that
 * an earlier publication made and this does not is removed. The manifest, written last, lists them with their sha-256. Returns how many changed.
 */
export async function putFiles(
  folder: string,
  files: readonly PublishedFile[],
  facts: Readonly<Record<string, unknown>>
): Promise<number> {
  const before = await readManifest(folder);
  const listed = files
    .map(({path, bytes}) => ({path, sha256: sha256(bytes)}))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const changed = await Promise.all(files.map(file => putFile(folder, file)));
  const gone = before.files.filter(({path}) => !listed.some(file => file.path === path));
  await Promise.all(gone.map(({path}) => rm(join(folder, path), {force: true})));
  const manifest = new TextEncoder().encode(`${JSON.stringify({...facts, files: listed}, null, 2)}\n`);
  await putFile(folder, {path: manifestName, bytes: manifest});
  return changed.filter(Boolean).length + gone.length;
}

async function putFile(folder: string, {path, bytes}: PublishedFile): Promise<boolean> {
  const target = join(folder, path);
  const there = await readFile(target).catch(() => null);
  if (there !== null && sha256(there) === sha256(bytes)) return false;
  await mkdir(dirname(target), {recursive: true});
  await writeFile(`${target}.tmp`, bytes);
  await rename(`${target}.tmp`, target);
  return true;
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestName), "utf8").catch(() => null);
  return text === null ? {files: []} : (JSON.parse(text) as Manifest);
}
