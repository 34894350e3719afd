import {createHash} from "node:crypto";
import {mkdir, readFile, rename, rm, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {z} from "zod";

/** A file to publish: its path within the published folder and its bytes. */
export interface PublishedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const manifestSchema = z.looseObject({files: z.array(z.looseObject({path: z.string()}))});

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
  const gone = before.filter(path => !listed.some(file => file.path === path));
  await Promise.all(gone.map(path => rm(join(folder, path), {force: true})));
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

/** The files that the last publication made, as its manifest says; nothing that is not ours to remove, and nothing where it cannot be read. */
async function readManifest(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, manifestName), "utf8").catch(() => "");
  const manifest = manifestSchema.safeParse(parseJson(text));
  const paths = manifest.success ? manifest.data.files.map(({path}) => path) : [];
  return paths.filter(path => /^(figures|tables)\/[\w-][\w.-]*$/.test(path));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
