import {lstat} from "node:fs/promises";
import {basename, join} from "node:path";
import {readArchive, writeReceipt} from "../../archive/archive.ts";
import {sharedReader} from "../../archive/reader/reader.ts";
import {byHand} from "../../archive/receipts.ts";
import {takeBytes} from "../../archive/snapshots.ts";
import {readConfig} from "../../council/config.ts";
import {readMigrations} from "../../council/market-migrations.ts";
import {CliError, FeedError} from "../../errors.ts";
import {landAll} from "../../ingest/land.ts";
import {type LoadRecord, readLedger} from "../../ingest/ledger.ts";
import type {LandingContext} from "../../ingest/stage.ts";
import type {Layout} from "../../layouts/layout.ts";
import {setImplausible} from "../../reference/implausible.ts";
import {readThresholds, setThresholds} from "../../reference/thresholds.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {openWarehouse, warehousePaths} from "../../warehouse/warehouse.ts";
import {withScratch} from "./scratch.ts";

/** A file to be read on trial. */
export interface TrialRequest {
  readonly path: string;
  /** The form that it is read by; a name of null leaves it to be found, as ingest finds it. */
  readonly form: {readonly name: string | null; readonly feed: string};
  readonly layouts: ReadonlyMap<string, Layout>;
  readonly meterPoint: string | null;
  readonly dataFolder: string;
  readonly now: Date;
  /** Which part of the file; every part where it is not said. */
  readonly part?: string | null;
}

/** Registrations are pseudonyms under this, and go with the trial. */
const trialKey = "trial";

/**
 * Reads a file by one form as `canopy ingest` would, in a warehouse of its own that is gone afterwards: the council's is neither opened nor changed.
 * `look` is shown each part as it landed there.
 * @throws CliError where there is no such file.
 */
export async function tryFile<T>(
  request: TrialRequest,
  look: (connection: Connection, load: LoadRecord) => Promise<T>
): Promise<T[]> {
  await checkFile(request.path);
  return withScratch(request.dataFolder, async folder => {
    const warehouse = await openWarehouse(folder);
    try {
      await setImplausible(warehouse.connection);
      await setThresholds(warehouse.connection, await readThresholds(), request.now.toISOString().slice(0, 10));
      return await landParts(request, folder, warehouse.connection, look);
    } finally {
      await warehouse.close();
    }
  });
}

/** @throws CliError where there is no such file. */
export async function checkFile(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found === null) throw new CliError(`no such file: ${path}`);
  if (!found.isFile()) throw new CliError(`not a file: ${path}`);
}

async function landParts<T>(
  request: TrialRequest,
  folder: string,
  connection: Connection,
  look: (connection: Connection, load: LoadRecord) => Promise<T>
): Promise<T[]> {
  const {path, form, layouts, meterPoint, dataFolder, now} = request;
  const snapshots = join(folder, "snapshots");
  const kept = await takeBytes(snapshots, path);
  if (kept === null || kept === "erased") throw new CliError(`still being written: ${path}`);
  const fileName = basename(path);
  const delivery = {feed: form.feed, fileName, origin: byHand, layout: form.name, meter_point_id: meterPoint};
  const context = {
    connection,
    snapshots,
    scratch: warehousePaths(folder).scratch,
    layouts,
    runId: 1,
    ledger: await readLedger(connection),
    pseudonymKey: trialKey,
    ...(await readCouncil(dataFolder, now))
  };
  const archive = await readArchive(snapshots);
  const seen: T[] = [];
  for (const part of request.part === undefined ? await partPaths(kept.path, fileName) : [request.part]) {
    const {receipt} = await writeReceipt(archive, kept, delivery, part, {receivedAt: now, archivedIn: now});
    for (const load of await landAll([receipt], context)) seen.push(await look(connection, load));
  }
  return seen;
}

/** What else of the council the reading of a file depends on; nothing where there is no council. */
async function readCouncil(dataFolder: string, now: Date): Promise<Pick<LandingContext, "areaCode" | "migrations">> {
  const config = await readConfig(dataFolder, now).catch(() => null);
  if (config === null) return {areaCode: null, migrations: []};
  const migrations = await readMigrations(join(dataFolder, "council"));
  return {areaCode: config.council.ons_code, migrations};
}

/** The parts of a file; itself (null) where it is no container, or one that cannot be opened, which its landing says. */
async function partPaths(path: string, fileName: string): Promise<readonly (string | null)[]> {
  const parts = await sharedReader.parts(path, fileName).catch(error => {
    if (error instanceof FeedError) return null;
    throw error;
  });
  return parts === null || parts.length === 0 ? [null] : parts.map(part => part.path);
}
