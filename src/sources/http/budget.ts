import {mkdir, open, readFile, rename} from "node:fs/promises";
import {dirname} from "node:path";
import {z} from "zod";
import {FeedError} from "../../errors.ts";
import {isJson, readJson} from "../text/json.ts";

/** What has been asked of one service: when each call of the last while was made, and before when no other may be (milliseconds since 1970, UTC). */
export interface Spending {
  readonly calls: readonly number[];
  readonly pausedUntil: number | null;
}

/** Keeps what has been asked of each service, by its name. */
export interface Budget {
  readonly read: (service: string) => Promise<Spending>;
  /** Returns once it would outlive a power cut. */
  readonly write: (service: string, spending: Spending) => Promise<void>;
}

const spendings = z.record(
  z.string(),
  z.strictObject({calls: z.array(z.number()), pausedUntil: z.number().nullable()})
);
type Spendings = Record<string, Spending>;

const nothing: Spending = {calls: [], pausedUntil: null};

/**
 * A budget kept in one JSON file, an object by service name, which is replaced whole by a rename, so that it is always the old or the new one.
 * Services may share it within one process; two processes may not.
 *
 * Reading and writing throw FeedError where the file is there but is no budget: to begin anew could spend a day's calls twice.
 */
export function budgetFile(path: string): Budget {
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  return {
    read: service => inTurn(async () => spentOn(await readSpendings(path), service)),
    write: (service, spending) =>
      inTurn(async () => replace(path, JSON.stringify({...(await readSpendings(path)), [service]: spending})))
  };
}

/** A budget that is forgotten with the process: for tests, and for a service asked once by hand. */
export function budgetInMemory(): Budget {
  const known = new Map<string, Spending>();
  return {
    read: async service => known.get(service) ?? nothing,
    write: async (service, spending) => void known.set(service, spending)
  };
}

const spentOn = (all: Spendings, service: string) =>
  (Object.hasOwn(all, service) ? all[service] : undefined) ?? nothing;

async function readSpendings(path: string): Promise<Spendings> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "{}";
    throw error;
  });
  const parsed = spendings.safeParse(isJson(text) ? readJson(text) : null);
  if (!parsed.success)
    throw new FeedError(
      `the record of calls made is damaged: ${path}: remove it once no service's calls of today can be spent twice`
    );
  return parsed.data;
}

async function replace(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, {recursive: true});
  const written = `${path}.new`;
  await writeDurably(written, text);
  await rename(written, path);
  await syncFolder(folder);
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const opened = await open(folder, "r");
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}
