import {chmod, link, mkdir, readdir, readFile, realpath, rename, rm, rmdir, stat} from "node:fs/promises";
import {basename, dirname, join, relative, resolve, sep} from "node:path";
import {CliError, HoldError} from "./errors.ts";

/**
 * A council folder that several machines share is held under a number, and has a folder `.holds/NUMBER/` in it while it is. Every change within it is written
 * aside there and renamed to its place; what is removed is first renamed into it. Whoever takes over has a greater number and removes that folder, so that
 * each rename of a process that was stopped for too long finds no file: no lock and no clock is asked. `src/programme/hold.ts` takes and gives up a hold; here
 * is what a write needs. In a folder that nobody holds everything is written as ever.
 */
export interface Hold {
  readonly number: number;
  /** The shared folder of the council. */
  readonly root: string;
  /** By which path this process reads and writes it: a folder of its own disk with links into the shared one, or the shared one itself. */
  readonly folder: string;
  /** Files elsewhere on the same disk that are written by the holder alone, such as what is noted of its work. */
  readonly also: readonly string[];
  /** `.holds/NUMBER` of the shared folder. */
  readonly aside: string;
}

/** What each machine has for itself: a database is never opened for writing on a disk that others share. */
export const ownNames: readonly string[] = ["warehouse", ".locks"];

export const holdsFolder = (root: string) => join(root, ".holds");

/** The holds of this process, by the path it writes by. */
const heldHere = new Map<string, Hold>();

/** From now on this process writes to a folder under this number. Returns what ends that. */
export function holdFolder({folder, root, number, also}: Omit<Hold, "aside">): {readonly hold: Hold; forget(): void} {
  const [home, shared] = [resolve(folder), resolve(root)];
  const hold = {
    number,
    root: shared,
    folder: home,
    also: also.map(path => resolve(path)),
    aside: join(holdsFolder(shared), String(number))
  };
  heldHere.set(home, hold);
  return {hold, forget: () => void (heldHere.get(home) === hold && heldHere.delete(home))};
}

/** The way from a folder to a path within it; null where it is not within. */
function within(folder: string, path: string): string | null {
  const way = relative(folder, path);
  return way === ".." || way.startsWith(`..${sep}`) ? null : way;
}

const isShared = (way: string) => ![...ownNames, ".holds"].includes(way.split(sep)[0] ?? "");

/** The hold under which a path is written; null where this process holds no folder that it is in, or the path is aside already. */
export function holdOf(path: string): Hold | null {
  if (heldHere.size === 0) return null;
  const full = resolve(path);
  const fitting = [...heldHere.values()].filter(
    ({folder, root, also}) =>
      also.includes(full) || [within(folder, full), within(root, full)].some(way => way !== null && isShared(way))
  );
  return fitting.sort((a, b) => b.number - a.number)[0] ?? null;
}

/** The hold in whose folder a path lies that is aside; else null. */
function holdAround(path: string): Hold | null {
  const full = resolve(path);
  return [...heldHere.values()].find(({aside}) => within(aside, full) !== null) ?? null;
}

/** Where a path of a held folder lies in the shared one, so that no link is followed. */
function placeIn({folder, root}: Hold, path: string): string {
  const full = resolve(path);
  return join(root, within(folder, full) ?? relative(root, full));
}

let written = 0;

function nameIn({aside}: Hold, path: string): string {
  written += 1;
  return join(aside, `${written}-${basename(path)}`);
}

/** Where a file or folder is made before it has its name: under the hold of its folder, or else at `usual`. */
export function asideOf(path: string, usual: string): string {
  const hold = holdOf(path);
  return hold === null ? usual : nameIn(hold, path);
}

const goneCodes: ReadonlySet<unknown> = new Set(["ENOENT", "ESTALE", "ENOTDIR"]);
const isGone = (error: unknown) => goneCodes.has((error as NodeJS.ErrnoException).code);

/**
 * Whether this process still holds the folder that a path is in, as the file system says it: something is made under the hold, since what it only looks at may
 * be told from a memory of its own.
 *
 * @throws HoldError where it does not.
 */
export async function checkHold(path: string): Promise<void> {
  const hold = holdOf(path) ?? holdAround(path);
  if (hold !== null) await checkStands(hold);
}

/** @throws HoldError where a hold of this process is another's now. */
export async function checkStands(hold: Hold): Promise<void> {
  const look = nameIn(hold, "look");
  try {
    await mkdir(look);
  } catch (error) {
    throw isGone(error) ? lost(hold) : error;
  }
  await rmdir(look).catch(() => {});
}

const lost = ({root, number}: Hold) =>
  new HoldError(`${root} is not held under ${number} any more: another worker has taken it over`);

/** What an error means where a path is written: that the folder is not held any more, or what it says. */
export async function orLost(error: unknown, path: string): Promise<never> {
  if (isGone(error)) await checkHold(path);
  throw error;
}

/** Gives a file or folder that was made aside its name. */
export async function putInPlace(aside: string, path: string): Promise<void> {
  await rename(aside, path).catch(error => orLost(error, path));
}

/** Removes a file; nothing is done where there is none. */
export async function removeFile(path: string): Promise<void> {
  if (holdOf(path) === null) return rm(path, {force: true});
  const aside = asideOf(path, "");
  try {
    await rename(path, aside);
  } catch (error) {
    await checkHold(path);
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return;
  }
  await rm(aside, {force: true});
}

/** Renames a file beside itself; nothing is done where there is none. */
export async function renameBeside(path: string, to: string): Promise<void> {
  const ifThere = async (error: NodeJS.ErrnoException) => {
    await checkHold(path);
    if (error.code !== "ENOENT") throw error;
    return false;
  };
  if (holdOf(path) === null) return void (await rename(path, to).catch(ifThere));
  const copy = asideOf(path, "");
  const isLinked = await link(path, copy).then(
    () => true,
    error => (isGone(error) ? ifThere(error) : null)
  );
  if (isLinked === false) return;
  // Where the disk has no second names, a power cut between the two renames would lose the file.
  if (isLinked === null && (await rename(path, copy).catch(ifThere)) === false) return;
  await putInPlace(copy, to);
  if (isLinked) await removeFile(path);
}

/** Makes a folder, and those above it, where they are not there. What is under a hold that is lost is never made anew. `forAll`: others may read it. */
export async function makeFolder(path: string, {mode, forAll = false}: FolderMode = {}): Promise<void> {
  const [hold, around] = [holdOf(path), holdAround(path)];
  if (around !== null) return makeAside(path, around);
  if (hold === null) return void (await mkdir(path, {recursive: true, ...(mode === undefined ? {} : {mode})}));
  // One after the other: where two are made at once, the second would put an empty one in the place of the first, under the hands of who uses it.
  const turn = (making.get(hold) ?? Promise.resolve()).then(() =>
    makeHeld(path, hold, {...(mode === undefined ? {} : {mode}), forAll})
  );
  making.set(
    hold,
    turn.catch(() => {})
  );
  return turn;
}

/** The folder that is being made under each hold. */
const making = new WeakMap<Hold, Promise<void>>();

async function makeHeld(path: string, hold: Hold, {mode, forAll = false}: FolderMode): Promise<void> {
  const place = placeIn(hold, path);
  if (place === hold.root || (await isFolder(place))) return;
  await makeHeld(dirname(path), hold, {...(mode === undefined ? {} : {mode}), forAll});
  const aside = nameIn(hold, path);
  await mkdir(aside, mode === undefined ? {} : {mode}).catch(error => orLost(error, path));
  if (forAll) await chmod(aside, 0o755).catch(error => orLost(error, path));
  await rename(aside, place).catch(async error => {
    if (!["ENOTEMPTY", "EEXIST"].includes(error.code)) return orLost(error, path);
    await rmdir(aside).catch(() => {});
  });
}

interface FolderMode {
  readonly mode?: number;
  readonly forAll?: boolean;
}

async function makeAside(path: string, {aside}: Hold): Promise<void> {
  const way = within(aside, resolve(path)) ?? "";
  let folder = aside;
  for (const name of way.split(sep).filter(Boolean)) {
    folder = join(folder, name);
    await mkdir(folder).catch(error => (error.code === "EEXIST" ? undefined : orLost(error, path)));
  }
}

const isFolder = (path: string) =>
  stat(path).then(
    each => each.isDirectory(),
    () => false
  );

/** Gives a file or folder the permissions that it should have, where it has others. */
export async function permit(path: string, mode: number): Promise<void> {
  const now = await stat(path);
  if ((now.mode & 0o7777) === mode) return;
  if (holdOf(path) === null) return chmod(path, mode);
  const second = asideOf(path, "");
  // By its second name, under the hold: whoever has lost it does not come to the file.
  const isLinked =
    !now.isDirectory() &&
    (await link(path, second)
      .then(() => true)
      .catch(() => false));
  if (!isLinked) await checkHold(path);
  await chmod(isLinked ? second : path, mode).catch(error => orLost(error, path));
  if (isLinked) await rm(second, {force: true});
}

/** Who holds a folder, in its own words. */
export interface Holder {
  readonly number: number;
  readonly worker: string;
  /** When it took it. */
  readonly since: string;
}

/** The numbers under which a folder is or was held, with the names of their folders. */
export async function readHolds(root: string): Promise<{number: number; name: string; isFree: boolean}[]> {
  const names = await readdir(holdsFolder(root)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
    throw error;
  });
  return names.flatMap(name => {
    const [, number, free] = /^(\d+)(\.free)?$/.exec(name) ?? [];
    return number === undefined ? [] : [{number: Number(number), name, isFree: free !== undefined}];
  });
}

/** Who holds a folder; null where nobody does. */
export async function holderOfFolder(root: string): Promise<Holder | null> {
  const [last] = (await readHolds(root)).sort((a, b) => b.number - a.number);
  if (last === undefined || last.isFree) return null;
  const text = await readFile(join(holdsFolder(root), last.name, "holder.json"), "utf8").catch(() => "");
  return {number: last.number, ...said(text)};
}

function said(text: string): Pick<Holder, "worker" | "since"> {
  try {
    const {worker, since} = JSON.parse(text) as Record<string, unknown>;
    return {worker: String(worker), since: String(since)};
  } catch {
    return {worker: "that has not said its name", since: "an unknown time"};
  }
}

/**
 * @throws CliError where a worker holds a data folder, or the one that its archive is linked to, and it is not this process.
 */
export async function refuseHeld(dataFolder: string): Promise<void> {
  const own = resolve(dataFolder);
  const linked = await realpath(join(own, "snapshots")).then(dirname, () => own);
  for (const root of new Set([own, linked])) {
    const holder = await holderOfFolder(root);
    if (holder === null || [...heldHere.values()].some(each => each.root === root && each.number === holder.number))
      continue;
    const {number, worker, since} = holder;
    const place = join(holdsFolder(root), String(number));
    throw new CliError(
      `${root} is in the hands of the worker ${worker} since ${since} (hold ${number}): wait for it to end, or stop it. Where it is gone for good, the next worker takes over; to go on without one: mv ${place} ${place}.free`,
      {code: "busy"}
    );
  }
}
