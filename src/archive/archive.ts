import {createHash} from "node:crypto";
import {readdir, readFile} from "node:fs/promises";
import {basename, dirname, join} from "node:path";
import {noneWhereAbsent, notTaken, setAside, sizeOf, syncFolder, writeDurably} from "../durable.ts";
import {ArchiveError} from "../errors.ts";
import {makeFolder, removeFile} from "../holds.ts";
import {
  append,
  checkEntries,
  type Entry,
  type Journal,
  journalFile,
  type NewEntry,
  newestEntries,
  readJournal,
  replaceJournal,
  sealed,
  trimJournal
} from "./journal.ts";
import {
  type Decision,
  type Delivery,
  decisionsFile,
  extractOf,
  idOf,
  inOrder,
  isDecisionsFile,
  isErased,
  isReceiptFile,
  parseDecisions,
  parseReceipt,
  type Receipt,
  type ReceiptText,
  receiptFile,
  shownName,
  textOfDecisions,
  textOfReceipt,
  withDecisions
} from "./receipts.ts";
import {type Kept, readHashed, snapshotPath, takeSmall} from "./snapshots.ts";

/** Something of the archive that is not as it was put there. */
export interface Damage {
  /** Within the archive. */
  readonly file: string;
  /** Bytes as they came; a small file, which is a receipt or decisions on one; or the journal. */
  readonly of: "bytes" | "small file" | "journal";
  /** `added`: by something else than canopy. */
  readonly what: "gone" | "altered" | "added";
  readonly words: string;
}

/** The archive of a data folder: the truth that the warehouse is made from. What the one writer adds is in its lists. */
export interface Archive {
  readonly root: string;
  /** Receipts that are as they were sealed, by id, oldest first. Nothing is made from any other. */
  readonly receipts: Map<string, Receipt>;
  /** Hashes of bytes that are gone or altered: their receipts stand, and they cannot be read. */
  readonly lost: Set<string>;
  readonly damages: Damage[];
  readonly entries: Entry[];
  /** The receipts and decisions as they are sealed, by file: what a copy of them is healed from. */
  readonly texts: Map<string, string>;
}

/** What a warehouse holds of the small files and the journal of its archive. */
export interface Mirror {
  readonly entries: readonly Entry[];
  readonly texts: ReadonlyMap<string, string>;
}

/** An archive that was opened, with what was put back on the way. */
export interface Opened {
  readonly archive: Archive;
  /** Files that were put back as they were sealed, from what the warehouse knows. */
  readonly healed: readonly string[];
  /** Whether the warehouse was made from this archive. */
  readonly isOfMirror: boolean;
}

const hashOfText = (text: string) => createHash("sha256").update(text).digest("hex");

/**
 * Opens the archive for writing. What takings that were cut off left half written is swept; small files and the journal are put back from the mirror
 * where they are gone or altered; an archive from before there was a journal is sealed as it stands; bytes of another size than their receipt says are
 * set aside, so that the same bytes can take their place when they come again. Only the one writer may call it.
 */
export async function openArchive(root: string, mirror: Mirror): Promise<Opened> {
  await sweep(root);
  await trimJournal(root);
  let journal = await readJournal(root);
  let texts = await readTexts(root);
  const isOfMirror = agree(journal, mirror);
  const healed = isOfMirror ? await heal(root, journal, texts, mirror) : [];
  if (healed.length > 0) [journal, texts] = [await readJournal(root), await readTexts(root)];
  const owed = [
    ...(mirror.entries.length === 0 ? entriesOfOlder(journal, texts) : []),
    ...entriesOfUnfinished(journal, texts)
  ];
  const entries = [...journal.entries, ...(await add(root, journal.entries, owed))];
  const archive = await archiveOf(root, {...journal, entries}, texts);
  for (const sha256 of archive.lost) await setAside(snapshotPath(root, {sha256}));
  for (const sha256 of erasedBytes(archive)) await removeBytes(root, sha256);
  return {archive, healed, isOfMirror};
}

/** How long the one writer may take between an entry and the file it is of. */
const betweenMilliseconds = 250;

/**
 * Reads the archive as it stands, changing nothing, also while another process writes to it: an entry is written before its file, so that what is damaged is
 * only what is so again a moment later.
 */
export async function readArchive(root: string): Promise<Archive> {
  const read = async () => archiveOf(root, await readJournal(root), await readTexts(root));
  const first = await read();
  if (first.damages.length === 0) return first;
  await new Promise(resolve => setTimeout(resolve, betweenMilliseconds));
  const second = await read();
  const isStill = ({file, what}: Damage) => first.damages.some(each => each.file === file && each.what === what);
  return {...second, damages: second.damages.filter(isStill)};
}

async function archiveOf(
  root: string,
  {entries, faults}: Journal,
  texts: ReadonlyMap<string, string>
): Promise<Archive> {
  const damages: Damage[] = [
    ...faults.map((words): Damage => ({file: journalFile, of: "journal", what: "altered", words})),
    ...differencesOf(texts, newestEntries(entries))
  ];
  const doubted = new Set(damages.flatMap(({file, what}) => (what === "added" ? [] : [file])));
  const damaged = new Set(damages.map(({file}) => file));
  const sound = new Map([...texts].filter(([file]) => !damaged.has(file)));
  const receipts = inOrder([...sound].flatMap(([file, text]) => receiptOf(file, text, sound, doubted)));
  const standing = receipts.filter(receipt => !isErased(receipt));
  const sizes = await Promise.all(standing.map(receipt => sizeOf(snapshotPath(root, receipt))));
  const settings = new Map([...settingBytes(entries), ...extractBytes(receipts)]);
  const goneSettings = await Promise.all(
    [...settings].map(async ([sha256, file]) => {
      const size = await sizeOf(snapshotPath(root, {sha256}));
      return size === null ? [lostBytes(sha256, file, false)] : [];
    })
  );
  const lost = standing.flatMap((receipt, index) => {
    const size = sizes[index] ?? null;
    return size === receipt.bytes
      ? []
      : [{sha256: receipt.sha256, damage: lostBytes(receipt.sha256, shownName(receipt), size !== null)}];
  });
  return {
    root,
    receipts: new Map(receipts.map(receipt => [receipt.id, receipt])),
    lost: new Set(lost.map(({sha256}) => sha256)),
    damages: [...damages, ...lost.map(({damage}) => damage), ...goneSettings.flat()],
    entries: [...entries],
    texts: sound
  };
}

/** The damage of bytes that are gone, or there and not what came; `name` is what they are of. */
export function lostBytes(sha256: string, name: string, areThere: boolean): Damage {
  const file = snapshotPath("", {sha256});
  return areThere
    ? {file, of: "bytes", what: "altered", words: `the bytes of ${name} are not what came`}
    : {file, of: "bytes", what: "gone", words: `the bytes of ${name} are gone`};
}

async function readTexts(root: string): Promise<Map<string, string>> {
  const names = await readdir(root, {recursive: true}).catch(noneWhereAbsent);
  const small = names.filter(name => isReceiptFile(name) || isDecisionsFile(name)).sort();
  const texts = await Promise.all(small.map(async name => [name, await readFile(join(root, name), "utf8")] as const));
  return new Map(texts);
}

/** Small files that are not as the journal says. */
function differencesOf(texts: ReadonlyMap<string, string>, newest: ReadonlyMap<string, Entry>): Damage[] {
  const of = "small file";
  const found = [...texts].flatMap(([file, text]): Damage[] => {
    const entry = newest.get(file);
    if (entry === undefined) return [{file, of, what: "added", words: "the journal does not know it"}];
    if (entry.sha256 !== hashOfText(text)) return [{file, of, what: "altered", words: "it is not as it was sealed"}];
    return isWhole(file, text) ? [] : [{file, of, what: "altered", words: "it is not what its name says"}];
  });
  const gone = [...newest.values()].filter(
    ({what, file, sha256}) => what !== "setting" && sha256 !== null && !texts.has(file)
  );
  return [...found, ...gone.map(({file}): Damage => ({file, of, what: "gone", words: "it is not there"}))];
}

function isWhole(file: string, text: string): boolean {
  if (!isReceiptFile(file)) return parseDecisions(text) !== null;
  const receipt = parseReceipt(text);
  return receipt !== null && file === receiptFile(idOf(receipt));
}

/** A receipt with what was decided of it; none where what was decided of it is gone or altered. Decisions that something else added decide nothing. */
function receiptOf(
  file: string,
  text: string,
  texts: ReadonlyMap<string, string>,
  doubted: ReadonlySet<string>
): Receipt[] {
  const receipt = isReceiptFile(file) ? parseReceipt(text) : null;
  if (receipt === null) return [];
  const id = idOf(receipt);
  const decided = decisionsFile(id);
  const decisions = parseDecisions(texts.get(decided) ?? "[]");
  return decisions === null || doubted.has(decided) ? [] : [withDecisions({...receipt, id}, decisions)];
}

async function sweep(root: string): Promise<void> {
  const names = await readdir(root, {recursive: true}).catch(noneWhereAbsent);
  await Promise.all(names.filter(name => name.endsWith(".tmp")).map(name => removeFile(join(root, name))));
}

/** Entries of an archive from before there was a journal, oldest first; none where its receipts know of one, which then is lost. */
function entriesOfOlder({entries, faults}: Journal, texts: ReadonlyMap<string, string>): NewEntry[] {
  if (entries.length + faults.length > 0) return [];
  const receipts = new Map([...texts].map(([file, text]) => [file, isReceiptFile(file) ? parseReceipt(text) : null]));
  if ([...receipts.values()].some(receipt => (receipt?.entry ?? null) !== null)) return [];
  const received = [...receipts.values()].flatMap(receipt => receipt?.received_at ?? []).sort();
  const atOf = (file: string) => receipts.get(file)?.received_at ?? received.at(-1) ?? new Date(0).toISOString();
  return [...texts]
    .map(([file, text]): NewEntry => {
      const what = isReceiptFile(file) ? "receipt" : "decisions";
      return {noted_at: atOf(file), what, file, sha256: hashOfText(text)};
    })
    .sort((a, b) => (a.noted_at < b.noted_at ? -1 : a.noted_at > b.noted_at ? 1 : a.file < b.file ? -1 : 1));
}

/** The last entry is written before its file is put in place: where the file is still as it was, the entry was not carried out. */
function entriesOfUnfinished({entries}: Journal, texts: ReadonlyMap<string, string>): NewEntry[] {
  const last = entries.at(-1);
  if (last === undefined || (last.what !== "receipt" && last.what !== "decisions")) return [];
  const before = newestEntries(entries.slice(0, -1)).get(last.file)?.sha256 ?? null;
  const text = texts.get(last.file);
  const now = text === undefined ? null : hashOfText(text);
  return now !== last.sha256 && now === before
    ? [{noted_at: last.noted_at, what: "void", file: last.file, sha256: before}]
    : [];
}

/** Whether a warehouse was made from the archive of this journal; a journal that is damaged may be. */
function agree({entries, faults}: Journal, mirror: Mirror): boolean {
  const isDamaged = faults.length > 0 || entries.length === 0;
  return isDamaged || entries.every(({seal}, index) => seal === (mirror.entries[index]?.seal ?? seal));
}

/**
 * Puts back what is gone or altered where the warehouse knows it as it was sealed: the journal, receipts and decisions. Bytes are not in the warehouse.
 */
async function heal(
  root: string,
  {entries, faults}: Journal,
  texts: ReadonlyMap<string, string>,
  mirror: Mirror
): Promise<string[]> {
  const isJournalDamaged = faults.length > 0 || entries.length < mirror.entries.length;
  const isMended = isJournalDamaged && checkEntries(mirror.entries).faults.length === 0;
  if (isMended) await replaceJournal(root, mirror.entries);
  const healed = isMended ? [journalFile] : [];
  for (const {file, sha256} of newestEntries(isMended ? mirror.entries : entries).values()) {
    const [text, now] = [mirror.texts.get(file), texts.get(file)];
    if (text === undefined || hashOfText(text) !== sha256 || text === now) continue;
    await replace(root, file, text);
    healed.push(file);
  }
  return healed;
}

/** Puts a small file in the place of what stands there, which is set aside. */
async function replace(root: string, file: string, text: string): Promise<void> {
  await makeFolder(dirname(join(root, file)), {mode: 0o700});
  await setAside(join(root, file));
  await writeDurably(join(root, file), text);
}

/** Puts entries at the end of the journal. */
async function add(root: string, entries: readonly Entry[], added: readonly NewEntry[]): Promise<Entry[]> {
  const made = sealed(entries, added);
  await append(root, made);
  return made;
}

/** Puts a small file into the archive: its entry first, then the file, so that whatever happens between is seen. */
async function put(
  archive: Archive,
  {text, ...entry}: Pick<NewEntry, "noted_at" | "what" | "file"> & {readonly text: string}
): Promise<void> {
  const {root, entries, texts, damages} = archive;
  const {file} = entry;
  const isDamaged = damages.some(damage => damage.file === file);
  const write = async () => {
    entries.push(...(await add(root, entries, [{...entry, sha256: hashOfText(text)}])));
    if (isDamaged) await setAside(join(root, file));
    await makeFolder(dirname(join(root, file)), {mode: 0o700});
    await writeDurably(join(root, file), text);
  };
  await write().catch(notTaken(root));
  texts.set(file, text);
  forget(archive, file);
}

/** A file that has been put in place again is no damage any more. */
function forget({damages}: Archive, file: string): void {
  for (let index = damages.length - 1; index >= 0; index -= 1)
    if (damages[index]?.file === file) damages.splice(index, 1);
}

/** When something came, by the clock of this computer. */
export interface When {
  readonly receivedAt: Date;
  /** When the first of all that its run took in was received. */
  readonly archivedIn: Date;
  readonly isClockDoubted?: boolean;
}

/**
 * Writes the receipt of bytes in the archive, or of a part of them, durably; where there is one already that is as it was sealed, it stays as it is. The
 * same bytes under another name have a receipt of their own where their name may say what they are (`isReadByName` of the receipt that they have).
 */
export async function writeReceipt(
  archive: Archive,
  {sha256, bytes}: Kept,
  delivery: Delivery,
  part: string | null,
  {receivedAt, archivedIn, isClockDoubted = false}: When,
  isReadByName: (namesake: Receipt) => boolean = () => true
): Promise<{receipt: Receipt; isNew: boolean}> {
  const {fileName, ...said} = delivery;
  const [received_at, archived_in] = [receivedAt.toISOString(), archivedIn.toISOString()];
  const entry = (archive.entries.at(-1)?.n ?? 0) + 1;
  const plain = {
    sha256,
    bytes,
    ...said,
    part,
    file_name: fileName,
    received_at,
    archived_in,
    entry,
    is_named: false,
    is_clock_doubted: isClockDoubted,
    erased_id: null
  };
  const namesake = archive.receipts.get(idOf(plain));
  const text: ReceiptText = {
    ...plain,
    is_named: namesake !== undefined && namesake.file_name !== fileName && isReadByName(namesake)
  };
  const id = idOf(text);
  archive.lost.delete(sha256);
  forget(archive, snapshotPath("", {sha256}));
  const known = archive.receipts.get(id);
  if (known !== undefined) return {receipt: known, isNew: false};
  const receipt = {...text, id, decisions: []};
  await put(archive, {noted_at: received_at, what: "receipt", file: receiptFile(id), text: textOfReceipt(text)});
  archive.receipts.set(id, receipt);
  return {receipt, isNew: true};
}

/** A register, table or setting as it was read: its name and bytes. */
export interface Setting {
  /** As people name it: `council/sites.csv`, `reference/units.csv`. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

/**
 * Puts settings that are not as they were into the archive, with an entry each, and one for each that is gone. Returns the entries; none where nothing has
 * changed.
 */
export async function addSettings(archive: Archive, settings: readonly Setting[], noted_at: string): Promise<Entry[]> {
  const {root, entries, damages} = archive;
  const hashes = await takeSmall(
    root,
    settings.map(({bytes}) => bytes)
  );
  for (const sha256 of hashes) forget(archive, snapshotPath("", {sha256}));
  const newest = newestSettings(entries);
  const now = new Map(settings.map(({file}, index) => [file, hashes[index] ?? ""]));
  const gone = [...newest]
    .filter(([file, {sha256}]) => sha256 !== null && !now.has(file))
    .map(([file]) => [file, null] as const);
  const changed = [...[...now].filter(([file, sha256]) => newest.get(file)?.sha256 !== sha256), ...gone];
  if (damages.some(({of}) => of === "journal")) return [];
  const made = await add(
    root,
    entries,
    changed.map(([file, sha256]): NewEntry => ({noted_at, what: "setting", file, sha256}))
  ).catch(notTaken(root));
  entries.push(...made);
  return made;
}

/** Puts an entry that is of no file into the journal. */
export async function addEntry(archive: Archive, entry: NewEntry): Promise<void> {
  archive.entries.push(...(await add(archive.root, archive.entries, [entry]).catch(notTaken(archive.root))));
}

/** Each setting as it was last read. */
export const newestSettings = (entries: readonly Entry[]): Map<string, Entry> =>
  new Map(entries.flatMap(entry => (entry.what === "setting" ? [[entry.file, entry]] : [])));

/** Adds a decision to a receipt. Every decision ever made stays. */
export async function addDecision(archive: Archive, receipt: Receipt, decision: Decision): Promise<Receipt> {
  const decisions = [...receipt.decisions, decision];
  const file = decisionsFile(receipt.id);
  await put(archive, {noted_at: decision.decided_at, what: "decisions", file, text: textOfDecisions(decisions)});
  const decided = withDecisions(receipt, decisions);
  archive.receipts.set(receipt.id, decided);
  return decided;
}

/**
 * Takes the bytes of receipts away for good, with the names that they came by. What is kept of each stands in an extract; a decision says when and why they
 * went, and the hash of what they were. Copies that were set aside as damaged go too.
 */
export async function eraseBytes(
  archive: Archive,
  erased: readonly {readonly receipt: Receipt; readonly extract: Uint8Array | null}[],
  why: string,
  now: Date
): Promise<void> {
  const {root} = archive;
  for (const {receipt, extract} of erased) {
    const [sha256 = null] = extract === null ? [] : await takeSmall(root, [extract]);
    const decision: Decision = {
      ...{decision: "erased", decided_at: now.toISOString(), why, extract: sha256},
      ...{meter_point_id: null, first_date: null, last_date: null}
    };
    await addDecision(archive, receipt, decision);
    const text: ReceiptText = {
      ...parsedReceipt(archive, receipt),
      file_name: "(erased)",
      part: null,
      erased_id: receipt.id
    };
    await put(archive, {
      noted_at: decision.decided_at,
      what: "receipt",
      file: receiptFile(receipt.id),
      text: textOfReceipt(text)
    });
    const decided = archive.receipts.get(receipt.id);
    archive.receipts.set(receipt.id, withDecisions({...text, id: receipt.id}, decided?.decisions ?? []));
  }
  for (const sha256 of new Set(erased.map(({receipt}) => receipt.sha256))) await removeBytes(root, sha256);
}

/** Hashes of bytes that were erased: an erasure that was cut off is finished when the archive is next opened, and so is one that an older copy undid. */
export function erasedBytes({receipts}: Pick<Archive, "receipts">): Set<string> {
  const all = [...receipts.values()];
  const kept = new Set(all.filter(receipt => !isErased(receipt)).map(({sha256}) => sha256));
  return new Set(all.filter(receipt => isErased(receipt) && !kept.has(receipt.sha256)).map(({sha256}) => sha256));
}

async function removeBytes(root: string, sha256: string): Promise<void> {
  const folder = dirname(snapshotPath(root, {sha256}));
  const names = (await readdir(folder).catch(noneWhereAbsent)).filter(name => name.startsWith(sha256));
  for (const name of names) await removeFile(join(folder, name));
  if (names.length > 0) await syncFolder(folder);
}

/** A receipt as its file says it, without what was decided of it. */
function parsedReceipt({texts}: Archive, {id}: Receipt): ReceiptText {
  const receipt = parseReceipt(texts.get(receiptFile(id)) ?? "");
  if (receipt === null) throw new ArchiveError(`the receipt ${id} cannot be read`);
  return receipt;
}

/** When the newest receipt was received, in milliseconds; 0 where there is none. */
export const lastReceivedAt = ({receipts}: Archive): number =>
  [...receipts.values()].reduce((last, {received_at}) => Math.max(last, Date.parse(received_at)), 0);

/** Files of bytes that no receipt speaks of. */
export async function bytesWithoutReceipt(archive: Archive): Promise<string[]> {
  const names = await readdir(archive.root, {recursive: true}).catch(noneWhereAbsent);
  const known = bytesHeld(archive);
  return names.filter(name => /^[0-9a-f]{64}$/.test(basename(name)) && !known.has(basename(name))).sort();
}

/** Bytes that the archive holds, by their hash, and what they are of in words. */
export function bytesHeld({receipts, entries, lost}: Archive): ReadonlyMap<string, string> {
  const received = [...receipts.values()]
    .filter(receipt => !isErased(receipt))
    .map(receipt => [receipt.sha256, shownName(receipt)] as const);
  const all = [...settingBytes(entries), ...extractBytes(receipts.values()), ...received];
  return new Map(all.filter(([sha256]) => !lost.has(sha256)));
}

type NamedBytes = readonly [sha256: string, name: string];

/** The versions of settings, by their hash. */
const settingBytes = (entries: readonly Entry[]): NamedBytes[] =>
  entries.flatMap(({what, file, sha256}) => (what === "setting" && sha256 !== null ? [[sha256, file] as const] : []));

/** What is kept of files that were erased, by its hash. */
const extractBytes = (receipts: Iterable<Receipt>): NamedBytes[] =>
  [...receipts].flatMap(receipt => {
    const extract = extractOf(receipt);
    return typeof extract === "string" ? [[extract, "what is kept of an erased file"] as const] : [];
  });

/** Whether the bytes of a receipt are what came, every one of them read. */
export async function isAsReceived(root: string, {sha256}: Pick<Receipt, "sha256">): Promise<boolean> {
  const found = await readHashed(snapshotPath(root, {sha256})).catch(() => null);
  return found?.sha256 === sha256;
}

/** Reads every byte of a file of the archive. Bytes that are not what came are set aside, named in its damages, and lost; false where they are. */
export async function readBack(archive: Archive, sha256: string, name: string): Promise<boolean> {
  const path = snapshotPath(archive.root, {sha256});
  const found = await readHashed(path).catch(() => null);
  if (found?.sha256 === sha256) return true;
  await setAside(path);
  archive.lost.add(sha256);
  archive.damages.push(lostBytes(sha256, name, true));
  return false;
}

/**
 * A person has looked at what is damaged and takes it as it is: files are sealed as they are, and what is gone is no longer missed. A file that is no
 * receipt and no decisions is set aside. A journal that is damaged begins anew. Returns the files.
 */
export async function sealAgain(archive: Archive, why: string, noted_at: string): Promise<readonly string[]> {
  const {root, damages} = archive;
  const isJournalDamaged = damages.some(({of}) => of === "journal") || archive.entries.length === 0;
  const texts = await readTexts(root);
  for (const [file, text] of texts)
    if (!isWhole(file, text)) {
      await setAside(join(root, file));
      texts.delete(file);
    }
  const damaged = damages.flatMap(({of, file}) => (of === "small file" ? [file] : []));
  const files = [...new Set(isJournalDamaged ? [...texts.keys(), ...damaged] : damaged)];
  if (isJournalDamaged) await replaceJournal(root, []);
  const made = await add(
    root,
    isJournalDamaged ? [] : archive.entries,
    files.map((file): NewEntry => {
      const text = texts.get(file);
      return {noted_at, what: "sealed again", file, sha256: text === undefined ? null : hashOfText(text), why};
    })
  );
  archive.entries.splice(0, isJournalDamaged ? archive.entries.length : 0);
  archive.entries.push(...made);
  return files;
}
