import {lstat, readdir} from "node:fs/promises";
import {basename, join, relative, resolve} from "node:path";
import {type Archive, type Damage, erasedBytes, lastReceivedAt, readBack, writeReceipt} from "../archive/archive.ts";
import {type ClockDoubt, cameNow, clockDoubt} from "../archive/clock.ts";
import {inspectFile} from "../archive/inspect.ts";
import {type PlainFile, withPlainFile} from "../archive/plain-file.ts";
import {askingOnce, type OwnReader, type Reader, sharedReader} from "../archive/reader/reader.ts";
import {byHand, type Delivery, inOrder, isErased, type Receipt, shownName} from "../archive/receipts.ts";
import {snapshotPath, takeBytes} from "../archive/snapshots.ts";
import {readConfig, readPseudonymKey} from "../council/config.ts";
import {type Migration, readMigrations} from "../council/market-migrations.ts";
import {type Effects, inert} from "../effects.ts";
import {CliError, FeedError, isFatal, isStopped, messageOf, WarehouseError} from "../errors.ts";
import {makeFolder} from "../holds.ts";
import {findsInName, type Layout} from "../layouts/layout.ts";
import {readLayouts} from "../layouts/library.ts";
import {setImplausible} from "../reference/implausible.ts";
import {readThresholds, setThresholds} from "../reference/thresholds.ts";
import {estateEnergy} from "../sources/feeds.ts";
import {recordFormats} from "../sources/formats.ts";
import type {Unasked} from "../trial/judge.ts";
import {judgeDeliveries} from "../trial/trial.ts";
import {checkRoom, freeBytes, littleBytes, type Warehouse, warehousePaths} from "../warehouse/warehouse.ts";
import {carryLayouts} from "./carry-layouts.ts";
import {feedOf} from "./feed-of.ts";
import {landAll} from "./land.ts";
import {recordVersion} from "./land-records.ts";
import {carryDecisions, type Ledger, type LoadRecord, readLedger} from "./ledger.ts";
import {carryArchive, reconcile} from "./reconcile.ts";
import {mostTries, readTries, type Tried, type Tries} from "./tries.ts";
import {layoutVersion, libraryVersion} from "./versions.ts";

/** What is brought in: the inbox folders of feeds, or files named by hand. */
export interface IngestRequest {
  readonly dataFolder: string;
  readonly feeds: readonly string[];
  readonly files: readonly string[];
  readonly layout: string | null;
  readonly meterPoint: string | null;
  /** Reads again every snapshot whose layout has changed since, and every refused one. */
  readonly isReplay: boolean;
  /** Loads of files that were too much too often, to be tried once more. */
  readonly tryAgain?: readonly number[];
}

/** A request for what the archive holds and the warehouse does not: no inbox is looked into. */
export const everythingPending = (dataFolder: string): IngestRequest => ({
  dataFolder,
  feeds: [],
  files: [],
  layout: null,
  meterPoint: null,
  isReplay: false
});

export interface IngestResult {
  /** Loads written by this run, in the order of receipt. */
  readonly loads: readonly LoadRecord[];
  /** Files whose bytes had been received before, with the load that holds them where there is one. */
  readonly known: readonly {readonly file: string; readonly load: LoadRecord | null}[];
  /** Files still being written, left for a later run. */
  readonly growing: readonly string[];
  /** Files that could not be opened, and why. */
  readonly unreadable: readonly {readonly file: string; readonly reason: string}[];
  /** What deliveries could not be judged for, and why. */
  readonly unasked: readonly Unasked[];
  /** What of the archive is not as it was put there. What it was of is not read; what had been read of it before stays counted. */
  readonly damages: readonly Damage[];
  /** Files of the archive that were damaged and have been put back as they were sealed. */
  readonly healed: readonly string[];
  /** Why nothing was landed: the clock of this computer is doubted. */
  readonly clockDoubt: ClockDoubt | null;
  /** Files that were too much for what read them: in this run, or so often that they are left out. */
  readonly tooMuch: readonly TooMuch[];
}

/** A file that was too much for what read it. */
export interface TooMuch extends Tried {
  readonly isLeftOut: boolean;
  readonly wasTriedNow: boolean;
}

export const inboxFolder = (dataFolder: string) => join(dataFolder, "inbox");

/**
 * Takes what has arrived into the archive, then lands every snapshot that the warehouse does not hold, oldest first. What a run that was cut off
 * left behind is landed by the next. Bringing the same bytes again changes nothing.
 */
export async function ingest(
  warehouse: Warehouse,
  request: IngestRequest,
  runId: number,
  effects: Effects,
  opened: Pick<OwnReader, "until"> = sharedReader
): Promise<IngestResult> {
  const reader = askingOnce(opened.until(effects.stop));
  const layouts = await readLayouts(join(request.dataFolder, "council", "layouts"));
  const {archive, healed} = await reconcile(warehouse.connection, request.dataFolder);
  const doubt = clockDoubt(archive, effects.now());
  const ledger = await readLedger(warehouse.connection);
  const tries = await readTries(request.dataFolder, effects.now);
  for (const id of tries.all().keys()) if (isForgotten(archive.receipts.get(id))) tries.forget(id);
  for (const id of leftOutReceipts(request.tryAgain ?? [], ledger, tries)) tries.tryAgain(id);
  const knowing = {ledger, layouts, tries, reader};
  const received = await receive(request, archive, knowing, {effects, isClockDoubted: doubt !== null});
  await unpackRefused(request, archive, knowing);
  await carryArchive(warehouse.connection, archive);
  await carryDecisions(warehouse.connection, archive.receipts.values());
  await carryLayouts(warehouse.connection, layouts);
  const key = await readPseudonymKey(request.dataFolder);
  const {council, asOf} = await readConfig(request.dataFolder, effects.now());
  const areaCode = council.ons_code;
  const migrations = await readMigrations(join(request.dataFolder, "council"));
  const readBy = {layouts, key, areaCode, migrations};
  const owed =
    doubt === null
      ? inOrder([...(await withTimes(archive, ledger, effects.now()))]).filter(receipt =>
          isPending(receipt, ledger.standing.get(receipt.id), readBy, request.isReplay, tries)
        )
      : [];
  // What failed before comes last, so that all else is read before it.
  const inTurn = [false, true].flatMap(isTried => owed.filter(receipt => (tries.of(receipt) !== null) === isTried));
  const pending = await asReceived(archive, inTurn, new Set(received.taken.map(({sha256}) => sha256)));
  await checkRoom(request.dataFolder, Math.max(0, ...pending.map(({bytes}) => bytes)));
  await setImplausible(warehouse.connection);
  await setThresholds(warehouse.connection, await readThresholds(), asOf);
  const context = {
    connection: warehouse.connection,
    snapshots: archive.root,
    scratch: warehousePaths(request.dataFolder).scratch,
    ...{ledger, layouts, runId, pseudonymKey: key, areaCode, migrations, reader, tries},
    hasRoom: () => hasRoom(request.dataFolder)
  };
  const told = (receipt: Receipt, index: number) =>
    effects.progress(`reading ${index + 1} of ${pending.length}: ${inert(shownName(receipt))}`);
  const loads = await landAll(pending, context, told).catch(async error => {
    // The database gave up over what was in hand: that stays noted, as if the process had died of it.
    const isOfWhatIsInHand =
      error instanceof WarehouseError && isFatal(error) && !isStopped(error) && (await hasRoom(request.dataFolder));
    if (!isOfWhatIsInHand) await tries.end(ledger.standing);
    throw error;
  });
  await tries.end(ledger.standing);
  const unasked = await judgeDeliveries(warehouse.connection, request.dataFolder, asOf);
  const landed = new Set(loads.map(({receipt}) => receipt));
  const again = pending.filter(({id}) => !landed.has(id)).map(receipt => ({file: shownName(receipt), receipt}));
  return {
    loads,
    unasked,
    damages: archive.damages,
    healed,
    clockDoubt: doubt,
    tooMuch: [...tries.all()].flatMap(([id, tried]): TooMuch[] => {
      const [isLeftOut, wasTriedNow] = [tried.times >= mostTries, tries.hasFailedNow(id)];
      return isLeftOut || wasTriedNow ? [{...tried, isLeftOut, wasTriedNow}] : [];
    }),
    growing: received.growing,
    unreadable: received.unreadable,
    known: [...received.known, ...again].map(({file, receipt}) => ({
      file,
      load: ledger.standing.get(receipt.id) ?? null
    }))
  };
}

/** Those whose bytes are what came, every byte of them read where this run has not `just taken` them. Others are set aside, and named in the archive's damages. */
async function asReceived(
  archive: Archive,
  receipts: readonly Receipt[],
  justTaken: ReadonlySet<string>
): Promise<Receipt[]> {
  const sound = new Set(justTaken);
  for (const receipt of receipts) {
    const {sha256} = receipt;
    if (sound.has(sha256) || archive.lost.has(sha256) || isErased(receipt)) continue;
    if (await readBack(archive, sha256, shownName(receipt))) sound.add(sha256);
  }
  return receipts.filter(({sha256}) => !archive.lost.has(sha256));
}

/** Where there is little room, a statement that fails for want of it says nothing of its file. */
const hasRoom = async (dataFolder: string): Promise<boolean> => (await freeBytes(dataFolder)) >= littleBytes;

/** Whether nothing of a file is to be known any more. */
const isForgotten = (receipt: Receipt | undefined) => receipt === undefined || isErased(receipt);

/** The receipts of loads that are left out. @throws CliError where one is not */
function leftOutReceipts(numbers: readonly number[], {standing}: Ledger, tries: Tries): string[] {
  return numbers.map(number => {
    const [id] = [...tries.all().keys()].filter(
      each => standing.get(each)?.load_id === number && tries.isLeftOut({id: each})
    );
    if (id === undefined)
      throw new CliError(`load ${number} is not left out. What is left out, with its load: canopy status`);
    return id;
  });
}

/** Files that could not be opened when they came and can be now: what they hold gets receipts of its own, which came when they did. */
async function unpackRefused(
  {dataFolder, isReplay}: IngestRequest,
  archive: Archive,
  {ledger, layouts, tries, reader}: Knowing
): Promise<void> {
  const version = libraryVersion(layouts);
  const times = new Set([...archive.receipts.values()].map(({received_at}) => Date.parse(received_at)));
  for (const receipt of inOrder([...archive.receipts.values()])) {
    const load = ledger.standing.get(receipt.id);
    const isTried = tries.of(receipt) !== null && !tries.isLeftOut(receipt);
    const isAgain =
      load?.outcome === "refused" && (isReplay || load.layout_version !== version) && tries.of(receipt) === null;
    if (receipt.part !== null || isErased(receipt) || archive.lost.has(receipt.sha256) || !(isTried || isAgain))
      continue;
    const kept = {path: snapshotPath(archive.root, receipt), sha256: receipt.sha256, bytes: receipt.bytes};
    let time = Date.parse(receipt.received_at);
    for (const part of await namedParts(reader, kept.path, receipt.file_name)) {
      if (part === null) continue;
      while (times.has(time)) time += 1;
      times.add(time);
      const isFeedSaid = receipt.origin !== byHand || receipt.feed !== estateEnergy.name;
      const file = {path: kept.path, part, fileName: receipt.file_name};
      const feed = isFeedSaid ? receipt.feed : await feedOfPart(file, layouts, dataFolder, reader);
      const {origin, layout, meter_point_id, file_name: fileName, is_clock_doubted: isClockDoubted} = receipt;
      const when = {
        receivedAt: new Date(time),
        archivedIn: new Date(receipt.archived_in ?? receipt.received_at),
        isClockDoubted
      };
      await writeReceipt(archive, kept, {feed, origin, layout, meter_point_id, fileName}, part, when);
    }
  }
}

/** What the reading of a file depends on besides its bytes. */
interface ReadBy {
  readonly layouts: ReadonlyMap<string, Layout>;
  /** Of the pseudonyms. */
  readonly key: string;
  readonly areaCode: string | null;
  readonly migrations: readonly Migration[];
}

/** The receipts; one that came while the clock was doubted, and has not landed since, came now, when it is not. */
async function withTimes(archive: Archive, {standing}: Ledger, now: Date): Promise<Iterable<Receipt>> {
  const doubted = [...archive.receipts.values()].filter(
    ({id, is_clock_doubted, decisions}) =>
      is_clock_doubted && !standing.has(id) && decisions.every(({decision}) => decision !== "received")
  );
  await cameNow(archive, doubted, "the clock was doubted when it came", now);
  return archive.receipts.values();
}

function isPending(
  receipt: Receipt,
  load: LoadRecord | undefined,
  {layouts, key, areaCode, migrations}: ReadBy,
  isReplay: boolean,
  tries: Tries
): boolean {
  if (load === undefined) return true;
  if (isErased(receipt)) return false;
  if (tries.isLeftOut(receipt)) return false;
  // It was too much for what read it, and may not be now.
  if (tries.of(receipt) !== null && load.outcome === "refused") return true;
  // When it came has been corrected since: which days it may speak of, and what it comes after, may be others.
  if (load.receipt === receipt.id && load.received_at.getTime() !== Date.parse(receipt.received_at)) return true;
  if (load.outcome === "refused") return isReplay || load.layout_version !== libraryVersion(layouts);
  const layout = layouts.get(load.layout ?? "");
  const format = recordFormats.get(load.layout ?? "");
  const version = layout
    ? layoutVersion(layout, migrations)
    : format
      ? recordVersion(format, key, areaCode)
      : load.layout_version;
  return isReplay && load.layout_version !== version;
}

interface Received {
  /** Receipts that the archive did not hold before. */
  readonly taken: Receipt[];
  readonly known: {file: string; receipt: Receipt}[];
  readonly growing: string[];
  readonly unreadable: {file: string; reason: string}[];
}

/** What is known while files are taken in. */
interface Knowing {
  readonly ledger: Ledger;
  readonly layouts: ReadonlyMap<string, Layout>;
  readonly tries: Tries;
  readonly reader: Reader;
}

async function receive(
  request: IngestRequest,
  archive: Archive,
  {ledger, layouts, tries, reader}: Knowing,
  {effects, isClockDoubted}: {readonly effects: Effects; readonly isClockDoubted: boolean}
): Promise<Received> {
  const {root} = archive;
  const received: Received = {taken: [], known: [], growing: [], unreadable: []};
  const arrivals = await (request.files.length > 0 ? filesByHand(request) : filesInInbox(request, received));
  const sizes = new Set([...archive.receipts.values()].map(({bytes}) => bytes));
  const erased = erasedBytes(archive);
  const leftOut = new Set(
    [...archive.receipts.values()].flatMap(each => (each.part === null && tries.isLeftOut(each) ? [each.sha256] : []))
  );
  let archivedIn: Date | undefined;
  let last = lastReceivedAt(archive);
  for (const {path, delivery} of arrivals) {
    const kept = await takeBytes(root, path, {held: sizes, erased}).catch(error => {
      if (!isOfFile(error)) throw error;
      received.unreadable.push({file: path, reason: messageOf(error)});
      return undefined;
    });
    if (kept === undefined) continue;
    if (kept === "erased") {
      received.unreadable.push({
        file: path,
        reason: "it was erased from the archive for good, and is not taken again: delete it"
      });
      continue;
    }
    if (kept === null) {
      received.growing.push(path);
      continue;
    }
    const parts = leftOut.has(kept.sha256) ? [null] : await namedParts(reader, kept.path, delivery.fileName);
    for (const part of parts) {
      const feed =
        delivery.feed ?? (await feedOfPart({path: kept.path, part, ...delivery}, layouts, request.dataFolder, reader));
      const receivedAt = new Date(Math.max(effects.now().getTime(), last + 1));
      const when = {receivedAt, archivedIn: archivedIn ?? receivedAt, isClockDoubted};
      const isReadByName = ({id}: Receipt) => mayBeReadByName(ledger.standing.get(id), layouts);
      const {receipt, isNew} = await writeReceipt(archive, kept, {...delivery, feed}, part, when, isReadByName);
      if (isNew) [last, archivedIn] = [receivedAt.getTime(), when.archivedIn];
      if (isNew) received.taken.push(receipt);
      else received.known.push({file: path, receipt});
    }
  }
  return received;
}

/** Whether the same bytes may be something else under another name: their layout finds something in it, or they have not been read yet. */
function mayBeReadByName(load: LoadRecord | undefined, layouts: ReadonlyMap<string, Layout>): boolean {
  if (load === undefined) return true;
  const layout = layouts.get(load.layout ?? "");
  return layout !== undefined && findsInName(layout);
}

/** The files or sheets within a file; only itself (null) where it is no container, or one that cannot be opened, which its landing says. */
async function namedParts(reader: Reader, path: string, fileName: string): Promise<readonly (string | null)[]> {
  const parts = await reader.parts(path, fileName).catch(error => {
    if (error instanceof FeedError) return null;
    throw error;
  });
  return parts === null || parts.length === 0 ? [null] : parts.map(part => part.path);
}

/** The feed of a file or part that came by hand and without one. */
async function feedOfPart(
  file: {path: string; part: string | null; fileName: string},
  layouts: ReadonlyMap<string, Layout>,
  dataFolder: string,
  reader: Reader
): Promise<string> {
  const scratch = warehousePaths(dataFolder).scratch;
  const feedIn = async ({path, fileName}: PlainFile) =>
    feedOf(fileName, await inspectFile(path), [...layouts.values()]);
  return withPlainFile(file, scratch, feedIn, reader).catch(error => {
    if (error instanceof FeedError) return estateEnergy.name;
    throw error;
  });
}

/** Errors that belong to one file: it went away, may not be read, is a link, or has a name that cannot be spelt. */
const isOfFile = (error: NodeJS.ErrnoException) =>
  ["ENOENT", "EACCES", "EPERM", "ELOOP", "EISDIR"].includes(error.code ?? "");

interface Arrival {
  readonly path: string;
  /** Without a feed where none was said. */
  readonly delivery: Omit<Delivery, "feed"> & {readonly feed: string | null};
}

async function filesByHand({files, feeds, layout, meterPoint}: IngestRequest): Promise<Arrival[]> {
  return Promise.all(
    files.map(async file => {
      const path = resolve(file);
      const found = await lstat(path).catch(() => null);
      if (found === null) throw new CliError(`no such file: ${file}`);
      if (!found.isFile()) throw new CliError(`not a file: ${file}`);
      const [only, ...others] = feeds;
      const feed = only !== undefined && others.length === 0 ? only : null;
      return {
        path,
        delivery: {feed, fileName: basename(path), origin: byHand, layout, meter_point_id: meterPoint}
      };
    })
  );
}

/** Files in the inbox by name, so that a later name is a later arrival; a folder within a feed's names the meter its files are of. */
async function filesInInbox({dataFolder, feeds}: IngestRequest, received: Received): Promise<Arrival[]> {
  const folders = await Promise.all(
    feeds.map(feed => filesOfFeed(join(inboxFolder(dataFolder), feed), feed, received))
  );
  return folders.flat();
}

async function filesOfFeed(folder: string, feed: string, {unreadable}: Received): Promise<Arrival[]> {
  await makeFolder(folder);
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const shown = entries.filter(
    entry => !entry.isDirectory() && !entry.name.startsWith(".") && !/\.(tmp|part|crdownload)$/i.test(entry.name)
  );
  const pathOf = (entry: (typeof entries)[number]) => join(entry.parentPath, entry.name);
  for (const entry of shown.filter(each => !each.isFile()))
    unreadable.push({
      file: pathOf(entry),
      reason: entry.isSymbolicLink() ? "a link, which is not followed: put the file itself here" : "not a file"
    });
  return shown
    .filter(entry => entry.isFile())
    .map(pathOf)
    .sort()
    .map(path => ({path, delivery: deliveryOf(path, folder, feed)}));
}

function deliveryOf(path: string, folder: string, feed: string): Delivery {
  const [meter, ...rest] = relative(folder, path).split(/[/\\]/);
  const meter_point_id = rest.length > 0 ? (meter ?? null) : null;
  return {feed, fileName: basename(path), origin: `inbox of ${feed}`, layout: null, meter_point_id};
}
