import {createHash} from "node:crypto";
import {chmod, link, readdir, readFile, stat, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {z} from "zod";
import {asideOf, makeFolder, orLost, permit, putInPlace, removeFile} from "../holds.ts";
import {isLeftBehind, unfinished} from "../warehouse/sweep.ts";

/** A file to publish: its path within the published folder and its bytes. */
export interface PublishedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const pathsSchema = z.array(z.looseObject({path: z.string()}));
const manifestSchema = z.looseObject({files: pathsSchema, before: pathsSchema.default([])});

const listedSchema = z.looseObject({files: z.array(z.looseObject({path: z.string(), sha256: z.string()})).min(1)});

const manifestName = "manifest.json";
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** From this size on, in bytes, what is published at two addresses lies on the disk once, where that can be. */
const large = 1_000_000;

/** Where the two sites of a data folder lie: the house's own, and the one that a web server may read. */
export const siteFolders = (dataFolder: string) => ({
  house: join(dataFolder, "published"),
  everyone: join(dataFolder, "public")
});

type Facts = Readonly<Record<string, unknown>>;

/** A folder that publications are put into: which paths they may have, and which of the files before stay until the next. */
interface Place {
  readonly folder: string;
  readonly isOurs: (path: string) => boolean;
  readonly isOfPages: (path: string) => boolean;
  /** Whether a web server may read it. */
  readonly isForAll?: boolean;
}

const isOfHouse =
  /^(figures|tables|site(\/(assets|buildings|data|figures|pictures|data-[0-9a-f]{12}))?)\/[\w-][\w.-]*$/;
const isOfEveryone = /^((assets|buildings|data|figures|pictures)\/)?[\w-][\w.-]*$/;

/**
 * Makes the published folder hold these files: each is put in place by a rename, pages last, and one whose bytes are there already is left alone. The
 * page's files of the publication before stay until the next, for a reader who has it open; what earlier ones made is removed. The manifest, written
 * last, lists all with their sha-256. Returns how many changed.
 */
export async function putFiles(folder: string, files: readonly PublishedFile[], facts: Facts): Promise<number> {
  const place = {
    folder,
    isOurs: (path: string) => isOfHouse.test(path),
    isOfPages: (path: string) => path.startsWith("site/")
  };
  return put(place, files, facts, new Map());
}

/** The same of the pages alone, and what they lead to, in a folder that a web server may read. What lies in `twins`, the house's own site, with the same bytes lies on the disk once. */
export async function putPublicFiles(
  folder: string,
  files: readonly PublishedFile[],
  {facts, twins}: {readonly facts: Facts; readonly twins: string | null}
): Promise<number> {
  const pages = files.flatMap(({path, bytes}) =>
    path.startsWith("site/") ? [{path: path.slice("site/".length), bytes}] : []
  );
  const known = twins === null ? [] : pages.map(({path, bytes}) => [bytes, join(twins, "site", path)] as const);
  return putForEveryone(folder, pages, facts, new Map(known));
}

/** Puts a site, by the paths that its pages have in it, into a folder that a web server may read; the folder above it may be passed through by others, and not listed. */
export async function putForEveryone(
  folder: string,
  pages: readonly PublishedFile[],
  facts: Facts,
  twins: Map<Uint8Array, string> = new Map()
): Promise<number> {
  const place = {folder, isOurs: (path: string) => isOfEveryone.test(path), isOfPages: isCode, isForAll: true};
  const changed = await put(place, pages, facts, twins);
  await letAllRead(folder);
  // As the file system sees it: the folder may be a link.
  const above = `${folder}/..`;
  await permit(above, ((await stat(above)).mode & 0o7777) | 0o011);
  return changed;
}

/** The looks and the script of pages; of all else that was made, what the council has come to hold back goes at once. */
const isCode = (path: string) => path.startsWith("assets/");

/** What is published may be read by a web server, and be written by nobody else. */
export async function letAllRead(root: string): Promise<void> {
  const entries = await readdir(root, {recursive: true, withFileTypes: true});
  await permit(root, 0o755);
  for (const entry of entries) await permit(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}

/** `twins` are files elsewhere that hold the same bytes, and may be the same file. */
async function put(
  place: Place,
  files: readonly PublishedFile[],
  facts: Facts,
  twins: Map<Uint8Array, string>
): Promise<number> {
  const {folder} = place;
  await sweep(place);
  const there = await readManifest(place);
  const listed = files
    .map(({path, bytes}) => ({path, sha256: sha256(bytes)}))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const isListed = (path: string) => listed.some(file => file.path === path);
  const [pages, others] = [files.filter(isPage), files.filter(file => !isPage(file))];
  const twinOf = ({path, bytes}: PublishedFile) => {
    const twin = twins.get(bytes);
    if (twin === undefined && bytes.length >= large) twins.set(bytes, join(folder, path));
    return twin;
  };
  const [firsts, seconds] = [
    others.filter(file => twinOf(file) === undefined),
    others.filter(({path, bytes}) => (twins.get(bytes) ?? join(folder, path)) !== join(folder, path))
  ];
  const changed = [
    ...(await Promise.all(firsts.map(file => putFile(place, file)))),
    ...(await Promise.all(seconds.map(file => putFile(place, file, twins.get(file.bytes))))),
    ...(await Promise.all(pages.map(file => putFile(place, file, twins.get(file.bytes)))))
  ].filter(Boolean).length;
  const replaced = there.files.filter(path => !isListed(path));
  const before = (replaced.length > 0 ? replaced : there.before).filter(place.isOfPages);
  const gone = [...there.before, ...replaced].filter(path => !isListed(path) && !before.includes(path));
  await Promise.all(gone.map(path => removeFile(join(folder, path))));
  const kept = before.filter(path => !isListed(path)).map(path => ({path}));
  const manifest = new TextEncoder().encode(`${JSON.stringify({...facts, files: listed, before: kept}, null, 2)}\n`);
  await putFile(place, {path: manifestName, bytes: manifest});
  return changed + gone.length;
}

/** The sha-256 of the manifest of the published folder, where every file that it lists is there as it was written; else null. */
export async function wholeManifest(folder: string): Promise<string | null> {
  const text = await readFile(join(folder, manifestName), "utf8").catch(() => "");
  const manifest = listedSchema.safeParse(parseJson(text));
  if (!manifest.success) return null;
  const asListed = await Promise.all(
    manifest.data.files.map(async file => {
      const there = await readFile(join(folder, file.path)).catch(() => null);
      return there !== null && sha256(there) === file.sha256;
    })
  );
  return asListed.every(Boolean) ? sha256(Buffer.from(text)) : null;
}

const isPage = ({path}: PublishedFile) => path.endsWith(".html");

/** Puts a file where it belongs, unless it is there; `twin` is where the same bytes have been put already. */
async function putFile(
  {folder, isForAll = false}: Place,
  {path, bytes}: PublishedFile,
  twin?: string
): Promise<boolean> {
  const target = join(folder, path);
  const there = await readFile(target).catch(() => null);
  if (there !== null && sha256(there) === sha256(bytes)) return false;
  await makeFolder(dirname(target), {forAll: isForAll});
  const temporary = asideOf(target, target + unfinished());
  const write = () => writeFile(temporary, bytes).catch(error => orLost(error, target));
  await (twin === undefined ? write() : link(twin, temporary).catch(write));
  if (isForAll) await chmod(temporary, 0o644).catch(error => orLost(error, target));
  await putInPlace(temporary, target);
  return true;
}

/** Removes what publications that were cut off left unfinished. Before files named their process, they ended in `.tmp` alone. */
async function sweep({folder, isOurs}: Place): Promise<void> {
  const names = await readdir(folder, {recursive: true}).catch(() => []);
  const stray = names.filter(name => {
    const [, path = ""] = /^(.*?)(?:\.\d+)?\.tmp$/.exec(name.replaceAll("\\", "/")) ?? [];
    const isOfOurs = isOurs(path) || path === manifestName;
    return isOfOurs && (isLeftBehind(name) || !/\.\d+\.tmp$/.test(name));
  });
  await Promise.all(stray.map(name => removeFile(join(folder, name))));
}

/** The files that the last publication made and those it left, as its manifest says; nothing that is not ours to remove, and nothing where it cannot be read. */
async function readManifest({folder, isOurs}: Place): Promise<{files: string[]; before: string[]}> {
  const text = await readFile(join(folder, manifestName), "utf8").catch(() => "");
  const manifest = manifestSchema.safeParse(parseJson(text));
  const ours = (entries: readonly {path: string}[]) => entries.map(({path}) => path).filter(isOurs);
  return manifest.success
    ? {files: ours(manifest.data.files), before: ours(manifest.data.before)}
    : {files: [], before: []};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
