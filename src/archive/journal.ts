import {createHash} from "node:crypto";
import {constants} from "node:fs";
import {type FileHandle, open, readFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {noneWhereAbsent, setAside, syncFolder, writeDurably} from "../durable.ts";
import {checkHold, holdOf, makeFolder} from "../holds.ts";

/**
 * The journal of the archive: one line for each small file that is put into it, in order, written before the file is put in place. Each is sealed by a
 * hash that takes in the seal before it, so that a file that is missing, altered or added shows, and so does a journal that is cut or altered.
 */
const entrySchema = z.strictObject({
  /** 1, 2, 3 … without a gap. */
  n: z.int().positive(),
  noted_at: z.iso.datetime(),
  /**
   * `receipt`, how bytes came; `decisions`, what was decided of a receipt; `setting`, a register or setting as it was read; `clock`, a
   * person said that the clock is right; `void`, the entry before was
   * never carried out; `sealed again`, a person has looked at the file and takes it as it is.
   */
  what: z.enum(["receipt", "decisions", "setting", "clock", "void", "sealed again"]),
  /** Within the archive; of a setting, within the data folder. */
  file: z.string(),
  /** Of the file as it is from here on; null where there is none. */
  sha256: z.string().nullable(),
  /** Why, where a person said so. */
  why: z.string().nullable(),
  seal: z.string()
});

export type Entry = z.infer<typeof entrySchema>;
export type NewEntry = Omit<Entry, "n" | "seal" | "why"> & {readonly why?: string};

export interface Journal {
  readonly entries: readonly Entry[];
  /** What is wrong with the journal itself, in words; empty where each entry follows from the one before. */
  readonly faults: readonly string[];
}

/** Within the archive. */
export const journalFile = "journal.jsonl";
const journalPath = (root: string) => join(root, journalFile);

/** The seal before the first. */
const noSeal = "";

/** What seals an entry after the one before it. */
export function sealOf({n, noted_at, what, file, sha256, why}: Omit<Entry, "seal">, before: string): string {
  return createHash("sha256")
    .update(JSON.stringify([before, n, noted_at, what, file, sha256, why]))
    .digest("hex");
}

/** Reads the journal; none where the archive has none yet. A last line that was never ended is no entry: its file was not put in place. */
export async function readJournal(root: string): Promise<Journal> {
  const text = await readFile(journalPath(root), "utf8").catch(error => noneWhereAbsent(error).join(""));
  return checkEntries(
    text
      .slice(0, text.lastIndexOf("\n") + 1)
      .split("\n")
      .slice(0, -1)
      .map(parsed)
  );
}

function parsed(line: string): Entry | null {
  try {
    return entrySchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** The entries that can be read, and what is wrong where one does not follow from the one before. */
export function checkEntries(lines: readonly (Entry | null)[]): Journal {
  const faults: string[] = [];
  let before: string | null = noSeal;
  let expected = 1;
  lines.forEach((entry, index) => {
    if (entry === null) faults.push(`line ${index + 1} cannot be read`);
    else if (entry.n !== expected) faults.push(`entry ${entry.n} stands where ${expected} should`);
    else if (before !== null && sealOf(entry, before) !== entry.seal)
      faults.push(`entry ${entry.n} is not as it was sealed`);
    before = entry?.seal ?? null;
    expected = (entry?.n ?? expected) + 1;
  });
  return {entries: lines.filter(entry => entry !== null), faults};
}

/** The entries that these become at the end of a journal. */
export function sealed(entries: readonly Entry[], added: readonly NewEntry[]): Entry[] {
  let {n, seal} = entries.at(-1) ?? {n: 0, seal: noSeal};
  return added.map(({noted_at, what, file, sha256, why = null}) => {
    const entry = {n: n + 1, noted_at, what, file, sha256, why};
    seal = sealOf(entry, seal);
    n += 1;
    return {...entry, seal};
  });
}

/**
 * Puts entries at the end of the journal, durably: when this returns they are there whatever happens. Only the one writer may call it. In a held folder the hold is
 * looked at after the file is opened: who takes over copies the journal once the hold is gone, so that what is written later goes to a file that nobody reads. It
 * is looked at once more when they are written: only then are they in that copy.
 */
export async function append(root: string, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  await makeFolder(root, {mode: 0o700});
  const path = journalPath(root);
  const file = await openToAppend(path);
  try {
    await checkHold(path);
    await writeAtEnd(file, entries.map(textOf).join(""));
    await checkHold(path);
  } finally {
    await file.close();
  }
  if (entries[0]?.n === 1) await syncFolder(root);
}

/** A journal that is not there yet is made; in a held folder as every other file there. */
async function openToAppend(path: string): Promise<FileHandle> {
  if (holdOf(path) === null) return open(path, "a", 0o600);
  const opened = () => open(path, constants.O_WRONLY | constants.O_APPEND);
  return opened().catch(async error => {
    noneWhereAbsent(error);
    await writeDurably(path, "");
    return opened();
  });
}

async function writeAtEnd(file: FileHandle, text: string): Promise<void> {
  const {size} = await file.stat();
  try {
    await file.appendFile(text);
    await file.sync();
  } catch (error) {
    await file.truncate(size).catch(() => {});
    throw error;
  }
}

const textOf = (entry: Entry) => `${JSON.stringify(entry)}\n`;

/** Takes away a last line that was cut off while it was written. Only the one writer may call it. */
export async function trimJournal(root: string): Promise<void> {
  const path = journalPath(root);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    noneWhereAbsent(error);
    return Buffer.alloc(0);
  });
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole === bytes.length) return;
  const file = await open(path, "r+");
  try {
    await checkHold(path);
    await file.truncate(whole);
  } finally {
    await file.close();
  }
}

/** Puts a journal in the place of one that is damaged, which is set aside. */
export async function replaceJournal(root: string, entries: readonly Entry[]): Promise<void> {
  await makeFolder(root, {mode: 0o700});
  await setAside(journalPath(root));
  await writeDurably(journalPath(root), entries.map(textOf).join(""));
}

/** What each file was when it was last put in place: an entry that was never carried out says nothing, nor does one of a file that was set aside. */
export function newestEntries(entries: readonly Entry[]): Map<string, Entry> {
  const newest = new Map<string, Entry>();
  const before = new Map<string, Entry | undefined>();
  for (const entry of entries) {
    const known = newest.get(entry.file);
    if (entry.what !== "void") {
      before.set(entry.file, known);
      newest.set(entry.file, entry);
      continue;
    }
    const kept = before.get(entry.file);
    if (kept === undefined) newest.delete(entry.file);
    else newest.set(entry.file, kept);
  }
  return newest;
}
