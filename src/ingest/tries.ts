import {readFile, rename, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {type Receipt, shownName} from "../archive/receipts.ts";
import {writeDurably} from "../durable.ts";
import {unfinished} from "../warehouse/sweep.ts";
import {warehousePaths} from "../warehouse/warehouse.ts";

/** How often a file may be too much for what reads it before ordinary runs leave it out. */
export const mostTries = 3;

const triedSchema = z.strictObject({
  file_name: z.string(),
  times: z.int().positive(),
  last_at: z.iso.datetime(),
  reason: z.string(),
  /** The load that it is refused as; null where there is none yet. */
  load_id: z.int().nullable()
});

const triesSchema = z.strictObject({
  /** Receipts whose reading has begun and has not ended. */
  in_hand: z.array(z.strictObject({receipt: z.string(), file_name: z.string()})),
  /** Receipts that were in hand with others when their process died: each is begun by itself, so that the one to blame shows. */
  alone: z.array(z.string()),
  /** Files that were too much for what read them, by receipt. */
  tried: z.record(z.string(), triedSchema)
});

type Noted = z.infer<typeof triesSchema>;

/** How often a file was too much, and why. */
export type Tried = z.infer<typeof triedSchema>;

/**
 * Which files are being read, and which were too much for what read them: a file that takes its process with it is not begun for ever. It is kept beside the
 * warehouse, so that a warehouse that is made again leaves the same files out. Only the one writer may change it.
 */
export interface Tries {
  readonly of: (receipt: Pick<Receipt, "id">) => Tried | null;
  /** Whether ordinary runs leave a file out. */
  readonly isLeftOut: (receipt: Pick<Receipt, "id">) => boolean;
  /** Whether a file is to be begun by itself. */
  readonly isAlone: (receipt: Pick<Receipt, "id">) => boolean;
  /** Notes, before they are begun, that files are being read. */
  readonly begin: (receipts: readonly Receipt[]) => Promise<void>;
  /** Notes that a file was too much. */
  readonly failed: (receipt: Receipt, reason: string) => void;
  /** Whether a file was too much in this run. */
  readonly hasFailedNow: (id: string) => boolean;
  /** Lets this run read a file that is left out. */
  readonly tryAgain: (id: string) => void;
  /** Forgets what a file was: it has been read, or has gone. */
  readonly forget: (id: string) => void;
  /** Nothing is in hand any more. The loads are those that files are refused as, by receipt. */
  readonly end: (loads: ReadonlyMap<string, {readonly load_id: number}>) => Promise<void>;
  readonly all: () => ReadonlyMap<string, Tried>;
}

const triesPath = (dataFolder: string) => join(warehousePaths(dataFolder).folder, "tries.json");

async function readNoted(dataFolder: string): Promise<Noted> {
  const text = await readFile(triesPath(dataFolder), "utf8").catch(() => "");
  try {
    return triesSchema.parse(JSON.parse(text));
  } catch {
    return {in_hand: [], alone: [], tried: {}};
  }
}

/** Files that ordinary runs leave out, changing nothing. */
export async function readLeftOut(dataFolder: string): Promise<Tried[]> {
  const {tried} = await readNoted(dataFolder);
  return Object.values(tried).filter(({times}) => times >= mostTries);
}

const endedWith = "canopy itself ended while it was read";

/** What was in hand when a process died counts as tried; of several none is known to be to blame, and each is begun by itself from now on. */
export async function readTries(dataFolder: string, now: () => Date): Promise<Tries> {
  const {in_hand, alone, tried} = await readNoted(dataFolder);
  const [noted, single] = [new Map(Object.entries(tried)), new Set(alone)];
  const [countedNow, again] = [new Set<string>(), new Set<string>()];
  const count = (id: string, file_name: string, reason: string) => {
    const {times = 0, load_id = null} = noted.get(id) ?? {};
    noted.set(id, {file_name, times: times + 1, last_at: now().toISOString(), reason, load_id});
  };
  const [only, ...others] = in_hand;
  if (only !== undefined && others.length === 0) count(only.receipt, only.file_name, endedWith);
  if (others.length > 0) for (const {receipt} of in_hand) single.add(receipt);
  let [isChanged, wasBegun] = [in_hand.length > 0, false];
  const path = triesPath(dataFolder);
  const text = (inHand: Noted["in_hand"]) =>
    `${JSON.stringify({in_hand: inHand, alone: [...single], tried: Object.fromEntries(noted)} satisfies Noted, null, 2)}\n`;
  return {
    of: ({id}) => noted.get(id) ?? null,
    isLeftOut: ({id}) => (noted.get(id)?.times ?? 0) >= mostTries && !again.has(id),
    isAlone: ({id}) => single.has(id) || noted.has(id),
    hasFailedNow: id => countedNow.has(id),
    tryAgain: id => void again.add(id),
    begin: async receipts => {
      wasBegun = true;
      await writeAtOnce(path, text(receipts.map(each => ({receipt: each.id, file_name: shownName(each)}))));
    },
    failed: (receipt, reason) => {
      if (countedNow.has(receipt.id)) return;
      countedNow.add(receipt.id);
      count(receipt.id, shownName(receipt), reason);
      isChanged = true;
    },
    forget: id => {
      isChanged = noted.delete(id) || single.delete(id) || isChanged;
    },
    end: async loads => {
      for (const [id, each] of noted) {
        const load_id = loads.get(id)?.load_id ?? null;
        isChanged ||= load_id !== each.load_id;
        noted.set(id, {...each, load_id});
      }
      if (isChanged) await writeDurably(path, text([]));
      else if (wasBegun) await writeAtOnce(path, text([]));
    },
    all: () => noted
  };
}

/** Writes a small file so that it is whole or as it was when this process dies. It waits for no disk: what a machine forgets that dies is no fault of a file. */
async function writeAtOnce(path: string, text: string): Promise<void> {
  const temporary = path + unfinished();
  await writeFile(temporary, text, {mode: 0o600});
  await rename(temporary, path);
}
