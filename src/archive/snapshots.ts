import {createHash} from "node:crypto";
import {constants} from "node:fs";
import {mkdir, open, readdir, readFile, rename, rm, stat} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {FeedError} from "../errors.ts";

/**
 * The archive: bytes as received, named by their sha-256, with a receipt beside them that says how they came and how they are to be read. The
 * warehouse can be made again from it, so nothing here is ever changed. The same bytes read the same way are one receipt, however often they come.
 */
const receiptSchema = z.strictObject({
  sha256: z.string(),
  bytes: z.int(),
  feed: z.string(),
  file_name: z.string(),
  /** Where it came from, as the person or feed that brought it would say. */
  origin: z.string(),
  received_at: z.iso.datetime(),
  /** When the first of all that its run took in was received: two loads of one run came together. Null where this was not kept yet. */
  archived_in: z.iso.datetime().nullable().default(null),
  /** What was said by hand when it came, if anything. */
  layout: z.string().nullable(),
  meter_point_id: z.string().nullable(),
  /** Which file or sheet within the bytes this receipt is of; null where it is of them all. */
  part: z.string().nullable().default(null)
});

const decisionSchema = z.strictObject({
  decision: z.enum(["withdrawn", "reinstated", "accepted", "unaccepted"]),
  decided_at: z.iso.datetime(),
  why: z.string(),
  /** Of which meter point and days it is; null where of all that the receipt brought. */
  meter_point_id: z.string().nullable().default(null),
  first_date: z.iso.date().nullable().default(null),
  last_date: z.iso.date().nullable().default(null)
});

export type Decision = z.infer<typeof decisionSchema>;
export type Receipt = z.infer<typeof receiptSchema> & {readonly id: string; readonly decisions: readonly Decision[]};
export type Delivery = Pick<Receipt, "feed" | "origin" | "layout" | "meter_point_id"> & {readonly fileName: string};

/** The origin of a file that a person named. */
export const byHand = "brought by hand";

/** A receipt's file as a person would say it: "march.zip › town-hall.csv". */
export const shownName = ({file_name, part}: Pick<Receipt, "file_name" | "part">) =>
  part === null ? file_name : `${file_name} › ${part}`;

const folderOf = (root: string, sha256: string) => join(root, sha256.slice(0, 2));

/** The bytes of a receipt. */
export function snapshotPath(root: string, receipt: Pick<Receipt, "sha256">): string {
  return join(folderOf(root, receipt.sha256), receipt.sha256);
}

/** Removes what takings that were cut off left half written. Only the one writer may call it. */
export async function sweepArchive(root: string): Promise<void> {
  const names = await readdir(root, {recursive: true}).catch(emptyWhereAbsent);
  await Promise.all(names.filter(name => name.endsWith(".tmp")).map(name => rm(join(root, name), {force: true})));
}

/** Every receipt, oldest first. A receipt whose bytes are gone is an error: the archive has been tampered with. */
export async function readReceipts(root: string): Promise<Receipt[]> {
  const names = await readdir(root, {recursive: true}).catch(emptyWhereAbsent);
  const receipts = await Promise.all(
    names.filter(name => name.endsWith(".receipt.json")).map(name => readReceipt(root, name))
  );
  return receipts.sort((a, b) =>
    a.received_at < b.received_at ? -1 : a.received_at > b.received_at ? 1 : a.id < b.id ? -1 : 1
  );
}

async function readReceipt(root: string, name: string): Promise<Receipt> {
  const path = join(root, name);
  const receipt = receiptSchema.parse(JSON.parse(await readFile(path, "utf8")));
  const size = await stat(snapshotPath(root, receipt)).then(
    file => file.size,
    () => -1
  );
  if (size !== receipt.bytes)
    throw new FeedError(`the archive is damaged: ${snapshotPath(root, receipt)} should hold ${receipt.bytes} bytes`);
  const decisions = await readFile(decisionsPath(path), "utf8").then(
    text => z.array(decisionSchema).parse(JSON.parse(text)),
    emptyWhereAbsent
  );
  return {...receipt, id: idOf(receipt), decisions};
}

const decisionsPath = (receiptPath: string) => receiptPath.replace(/\.receipt\.json$/, ".decisions.json");
const receiptPath = (root: string, receipt: Parameters<typeof idOf>[0]) =>
  join(folderOf(root, receipt.sha256), `${idOf(receipt)}.receipt.json`);

/** The same bytes, of the same feed and read in the same way, have the same id. */
function idOf({
  sha256,
  feed,
  layout,
  meter_point_id,
  part
}: Pick<Receipt, "sha256" | "feed" | "layout" | "meter_point_id" | "part">): string {
  const asked = createHash("sha256")
    .update(JSON.stringify([feed, layout, meter_point_id, ...(part === null ? [] : [part])]))
    .digest("hex");
  return `${sha256.slice(0, 32)}-${asked.slice(0, 8)}`;
}

/** Bytes in the archive. */
export interface Kept {
  readonly sha256: string;
  readonly bytes: number;
  readonly path: string;
}

/**
 * Takes the bytes of a file into the archive: copied under a temporary name, hashed as they are copied and, where they are new, synced, renamed, their
 * folder synced. A file of a size that is `held` is hashed first, and not copied where the archive has its bytes. Returns null where the file was still
 * being written, for a later run to take.
 */
export async function takeBytes(
  root: string,
  path: string,
  held: ReadonlySet<number> = new Set()
): Promise<Kept | null> {
  await mkdir(root, {recursive: true, mode: 0o700});
  const known = await keptBytes(root, path, held);
  if (known !== null) return known;
  const temporary = join(root, `${process.pid}.tmp`);
  try {
    const copied = await copyHashed(path, temporary);
    if (copied === null) return null;
    await keepBytes(root, temporary, copied.sha256);
    return {...copied, path: snapshotPath(root, copied)};
  } finally {
    await rm(temporary, {force: true});
  }
}

/** The bytes of a file where the archive has them already, and the file stands still. */
async function keptBytes(root: string, path: string, held: ReadonlySet<number>): Promise<Kept | null> {
  const {size} = await stat(path);
  const found = held.has(size) ? await readHashed(path) : null;
  if (found === null) return null;
  const kept = {...found, path: snapshotPath(root, found)};
  return (await exists(kept.path)) ? kept : null;
}

/** Writes the receipt of bytes in the archive, or of a part of them, durably; where there is one already, it stays as it is. */
export async function writeReceipt(
  root: string,
  {sha256, bytes}: Kept,
  delivery: Delivery,
  part: string | null,
  {receivedAt, archivedIn}: {readonly receivedAt: Date; readonly archivedIn: Date}
): Promise<{receipt: Receipt; isNew: boolean}> {
  const {fileName, ...said} = delivery;
  const [received_at, archived_in] = [receivedAt.toISOString(), archivedIn.toISOString()];
  const receipt = {sha256, bytes, ...said, part, file_name: fileName, received_at, archived_in};
  const isNew = await keepReceipt(root, receipt);
  return {receipt: {...receipt, id: idOf(receipt), decisions: []}, isNew};
}

async function keepBytes(root: string, temporary: string, sha256: string): Promise<void> {
  const folder = folderOf(root, sha256);
  await mkdir(folder, {recursive: true, mode: 0o700});
  if (await exists(join(folder, sha256))) return;
  await sync(temporary, "r+");
  await rename(temporary, join(folder, sha256));
  await syncFolder(folder);
  await syncFolder(root);
}

async function keepReceipt(root: string, receipt: z.infer<typeof receiptSchema>): Promise<boolean> {
  const path = receiptPath(root, receipt);
  if (await exists(path)) return false;
  await writeDurably(path, `${JSON.stringify(receipt, null, 2)}\n`);
  return true;
}

/** Adds a decision to a receipt. Every decision ever made stays. */
export async function addDecision(root: string, receipt: Receipt, decision: Decision): Promise<void> {
  await writeDurably(
    decisionsPath(receiptPath(root, receipt)),
    `${JSON.stringify([...receipt.decisions, decision], null, 2)}\n`
  );
}

async function copyHashed(from: string, to: string): Promise<{sha256: string; bytes: number} | null> {
  const target = await open(to, "wx", 0o600);
  try {
    return await readHashed(from, chunk => target.write(chunk));
  } finally {
    await target.close();
  }
}

/** The hash and size of a file, `take` being given each part of it as it is hashed; null where it was still being written. */
async function readHashed(
  path: string,
  take: (chunk: Buffer) => Promise<unknown> = async () => {}
): Promise<{sha256: string; bytes: number} | null> {
  const source = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const before = await source.stat();
    if (!before.isFile()) throw new FeedError(`not a file: ${path}`);
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of source.createReadStream({
      autoClose: false,
      highWaterMark: 4 << 20
    }) as AsyncIterable<Buffer>) {
      const taken = take(chunk);
      hash.update(chunk);
      bytes += chunk.length;
      await taken;
    }
    const after = await source.stat();
    const isStill = after.size === bytes && after.mtimeMs === before.mtimeMs;
    return isStill ? {sha256: hash.digest("hex"), bytes} : null;
  } finally {
    await source.close();
  }
}

/** Writes a small file so that after a crash it is whole or absent. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = await open(temporary, "w", 0o600);
  await file.writeFile(text);
  await file.sync();
  await file.close();
  await rename(temporary, path);
  await syncFolder(join(path, ".."));
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform !== "win32") await sync(folder);
}

async function sync(path: string, flags = "r"): Promise<void> {
  const handle = await open(path, flags);
  await handle.sync();
  await handle.close();
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false
  );

function emptyWhereAbsent(error: NodeJS.ErrnoException): never[] {
  if (error.code === "ENOENT") return [];
  throw error;
}

/** The last day a record of this receipt may speak of: the one after it was received, since clocks differ. */
export function latestDate(receipt: Receipt): string {
  return new Date(Date.parse(receipt.received_at) + 86_400_000).toISOString().slice(0, 10);
}
