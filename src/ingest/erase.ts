import {readdir, rm} from "node:fs/promises";
import {join} from "node:path";
import {type Archive, eraseBytes} from "../archive/archive.ts";
import {isErased, type Receipt} from "../archive/receipts.ts";
import {readHashed} from "../archive/snapshots.ts";
import {noneWhereAbsent} from "../durable.ts";
import {CliError} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";
import {extractLoad} from "./extracts.ts";
import {inboxFolder} from "./ingest.ts";
import {type LoadRecord, readStandingLoads} from "./ledger.ts";

/** What an erasure takes, and what it leaves. */
export interface Erasure {
  readonly receipts: readonly Receipt[];
  /** The loads that were made of them: what they say of activity stays. */
  readonly loads: readonly LoadRecord[];
  /** The same bytes where they lie in the inbox, which go too. */
  readonly inInbox: readonly string[];
}

/**
 * What an erasure of some loads takes: every receipt of their bytes, and every one of other bytes that brought the same load (the file itself and the zip that
 * it came in again).
 */
export async function erasureOf(
  connection: Connection,
  archive: Archive,
  dataFolder: string,
  loadIds: readonly number[]
): Promise<Erasure> {
  const standing = await readStandingLoads(connection);
  const ofLoad = new Map<number, string[]>();
  for (const [receipt, {load_id}] of standing) ofLoad.set(load_id, [...(ofLoad.get(load_id) ?? []), receipt]);
  const unknown = loadIds.find(id => !ofLoad.has(id));
  if (unknown !== undefined)
    throw new CliError(`no load that stands has the number ${unknown}: canopy loads lists them`);
  const all = [...archive.receipts.values()];
  const taken = new Set(loadIds.flatMap(id => ofLoad.get(id) ?? []));
  for (let before = 0; before < taken.size; ) {
    before = taken.size;
    const hashes = new Set(all.filter(({id}) => taken.has(id)).map(({sha256}) => sha256));
    for (const {id, sha256} of all) if (hashes.has(sha256)) taken.add(id);
    for (const id of [...taken])
      for (const other of ofLoad.get(standing.get(id)?.load_id ?? -1) ?? []) taken.add(other);
  }
  const receipts = all.filter(receipt => taken.has(receipt.id) && !isErased(receipt));
  const loads = new Map(receipts.flatMap(({id}) => standing.get(id) ?? []).map(load => [load.load_id, load]));
  return {
    receipts,
    loads: [...loads.values()],
    inInbox: await inInbox(dataFolder, new Set(receipts.map(({sha256}) => sha256)))
  };
}

async function inInbox(dataFolder: string, hashes: ReadonlySet<string>): Promise<string[]> {
  const entries = await readdir(inboxFolder(dataFolder), {recursive: true, withFileTypes: true}).catch(noneWhereAbsent);
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  const found: string[] = [];
  for (const file of files.sort()) if (hashes.has((await readHashed(file))?.sha256 ?? "")) found.push(file);
  return found;
}

/** Carries an erasure out in the archive and the inbox. The warehouse still holds what was: it is to be made again. */
export async function eraseFromArchive(
  connection: Connection,
  archive: Archive,
  {receipts, loads, inInbox: files}: Erasure,
  why: string,
  now: Date
): Promise<void> {
  const byReceipt = new Map(loads.map(load => [load.receipt, load]));
  const erased = [];
  for (const receipt of receipts) {
    const load = byReceipt.get(receipt.id);
    const extract = load?.outcome === "landed" ? await extractLoad(connection, load) : null;
    erased.push({receipt, extract});
  }
  await eraseBytes(archive, erased, why, now);
  for (const file of files) await rm(file, {force: true});
}
