import {copyFile, mkdir, readdir, rename, rm, rmdir, writeFile} from "node:fs/promises";
import {basename, join} from "node:path";
import {setTimeout as wait} from "node:timers/promises";
import {journalFile} from "../archive/journal.ts";
import {syncFile, syncFolder} from "../durable.ts";
import {HoldError} from "../errors.ts";
import {checkStands, type Hold, holdFolder, holdsFolder, putInPlace, readHolds} from "../holds.ts";

/** What a hold is taken with. */
export interface HoldRequest {
  /** The shared folder of the council. */
  readonly root: string;
  /** By which path this process writes to it. */
  readonly folder: string;
  /** Files outside it that its holder alone writes. */
  readonly also?: readonly string[];
  /** Greater than every number before it. */
  readonly number: number;
  /** Who takes it, for people to read. */
  readonly worker: string;
  readonly now: () => Date;
}

/** A hold that was taken. */
export interface TakenHold extends Hold {
  /** @throws HoldError where another has taken over. */
  check(): Promise<void>;
  /** Gives it up, so that others may write in the folder. Only when all that writes has ended. */
  release(): Promise<void>;
}

/** The greatest number that a folder was ever held under; 0 where it never was. */
export const highestNumber = async (root: string): Promise<number> =>
  Math.max(0, ...(await readHolds(root)).map(({number}) => number));

/**
 * Takes a council folder over. Once this returns, nothing that holds it under a lower number can change anything in it, whenever it was stopped: its folder of
 * the hold is gone, and the journal is another file than the one it may have open.
 *
 * @throws HoldError where the folder is or was held under this number or a greater one.
 */
export async function takeHold({root, folder, also = [], number, worker, now}: HoldRequest): Promise<TakenHold> {
  const holds = holdsFolder(root);
  await mkdir(holds, {mode: 0o700}).catch(ifNot("EEXIST"));
  const highest = await highestNumber(root);
  if (highest >= number) throw overtaken(root, number, highest);
  const own = join(holds, String(number));
  await mkdir(own, {mode: 0o700}).catch(error => {
    throw error.code === "EEXIST" ? overtaken(root, number, number) : error;
  });
  await writeFile(join(own, "holder.json"), `${JSON.stringify({worker, since: now().toISOString()})}\n`);
  await syncFolder(holds);
  for (const lower of (await readHolds(root)).filter(each => each.number < number))
    await removeHold(join(holds, lower.name), own);
  const greatest = await highestNumber(root);
  if (greatest > number) throw overtaken(root, number, greatest);
  const {hold, forget} = holdFolder({folder, root, number, also});
  try {
    await renewJournal(hold);
    await checkStands(hold);
  } catch (error) {
    forget();
    throw error;
  }
  return {
    ...hold,
    check: () => checkStands(hold),
    release: async () => {
      forget();
      await giveUp(hold.aside);
    }
  };
}

const overtaken = (root: string, number: number, highest: number) =>
  new HoldError(`${root} cannot be held under ${number}: it is held, or was, under ${highest}`);

const ifNot =
  (...codes: readonly string[]) =>
  (error: NodeJS.ErrnoException) => {
    if (!codes.includes(error.code ?? "")) throw error;
  };

/** So often a folder is emptied that somebody still writes to. */
const mostRemovals = 200;

/**
 * Removes the folder of a lower hold for good. It is renamed first, into the folder of this one, so that who goes on writing finds no folder. Another machine may
 * remember where it was, though, until it is gone; and what that puts into it meanwhile is removed too.
 */
async function removeHold(path: string, own: string): Promise<void> {
  const away = join(own, `taken-${basename(path)}`);
  await rename(path, away).catch(ifNot("ENOENT"));
  for (let times = 0; times < mostRemovals; times += 1) {
    const names = await readdir(away).catch((error: NodeJS.ErrnoException) => ifNot("ENOENT")(error) ?? null);
    if (names === null) return;
    for (const name of names)
      await rm(join(away, name), {recursive: true, force: true}).catch(ifNot("ENOTEMPTY", "EBUSY"));
    const isGone = await rmdir(away).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        ifNot("ENOTEMPTY", "EEXIST", "ENOENT", "EBUSY")(error);
        return error.code === "ENOENT";
      }
    );
    if (isGone) return;
    if (times > 3) await wait(50);
  }
  throw new HoldError(
    `${away} cannot be removed: a process on this machine has a file in it open. Stop it, and the council is taken over by the next try`,
    {code: "busy"}
  );
}

/** Gives the journal of the archive to a file of its own: what a stopped process has open is then read by nobody. */
async function renewJournal(hold: Hold): Promise<void> {
  const {root, aside} = hold;
  const [path, copy] = [join(root, "snapshots", journalFile), join(aside, journalFile)];
  const isThere = await copyFile(path, copy).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      ifNot("ENOENT")(error);
      return false;
    }
  );
  // Either there is none, or there is this hold no more.
  if (!isThere) return checkStands(hold);
  await syncFile(copy, "r+");
  await putInPlace(copy, path);
  await syncFolder(join(root, "snapshots"));
}

/** The folder of a hold that nobody needs any more stays, free, so that its number is never used again. */
async function giveUp(aside: string): Promise<void> {
  const names = (await readdir(aside).catch(() => [])).filter(name => name !== "holder.json");
  for (const name of names) await rm(join(aside, name), {recursive: true, force: true}).catch(() => {});
  await rename(aside, `${aside}.free`).catch(ifNot("ENOENT"));
}
