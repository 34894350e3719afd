import {join} from "node:path";
import {type Archive, type Mirror, openArchive} from "../archive/archive.ts";
import type {Entry} from "../archive/journal.ts";
import {WarehouseError} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";
import {insertRows} from "../warehouse/insert-rows.ts";

/** Where the archive of a data folder stands. */
export const snapshotsFolder = (dataFolder: string) => join(dataFolder, "snapshots");

/** The archive beside the warehouse that is made from it, both as they were found. */
export interface Reconciled {
  readonly archive: Archive;
  /** Files of the archive that were put back as they were sealed. */
  readonly healed: readonly string[];
}

/**
 * Opens the archive and holds the warehouse against it, before anything is read from either. What is gone or altered of the archive's small files is put
 * back from the warehouse.
 *
 * @throws WarehouseError of code `damaged` where the warehouse is of another archive, or does not hold what its ledger says: it must be made again.
 */
export async function reconcile(connection: Connection, dataFolder: string): Promise<Reconciled> {
  const {archive, healed, isOfMirror} = await openArchive(snapshotsFolder(dataFolder), await readMirror(connection));
  if (!isOfMirror || (await isOfStrangers(connection, archive)))
    throw new WarehouseError("the warehouse was made from another archive", {code: "damaged"});
  const short = await loadsNotHeld(connection);
  if (short.length > 0)
    throw new WarehouseError(`the warehouse does not hold what it did of load ${short.join(", ")}`, {code: "damaged"});
  await carryArchive(connection, archive);
  return {archive, healed};
}

/** The numbers of the loads of which the warehouse does not hold what the ledger says. */
export async function loadsNotHeld(connection: Connection): Promise<number[]> {
  const short = await connection.rows<{load_id: number}>(
    `select load_id
     from ops.loads l
     full join ops.held_rows h using (load_id)
     where coalesce(l.meter_days, 0) <> coalesce(h.meter_days, 0) or coalesce(l.transactions, 0) <> coalesce(h.transactions, 0)
     order by load_id`
  );
  return short.map(({load_id}) => load_id);
}

/** Whether a ledger that has no copy of a journal yet knows none of the receipts of this archive. */
async function isOfStrangers(connection: Connection, {receipts, entries}: Archive): Promise<boolean> {
  const known = await connection.rows<{receipt: string}>("select distinct receipt from ops.loads");
  return known.length > 0 && entries.length > 0 && !known.some(({receipt}) => receipts.has(receipt));
}

/** What the warehouse holds of its archive. */
async function readMirror(connection: Connection): Promise<Mirror> {
  const rows = await connection.rows<Entry & {readonly text: string | null}>("from ops.archive_entries order by n");
  return {
    entries: rows.map(({text: _text, ...entry}) => entry),
    texts: new Map(rows.flatMap(({file, text}) => (text === null ? [] : [[file, text]])))
  };
}

const entryShape = {
  n: "INTEGER",
  noted_at: "VARCHAR",
  what: "VARCHAR",
  file: "VARCHAR",
  sha256: "VARCHAR",
  why: "VARCHAR",
  seal: "VARCHAR",
  text: "VARCHAR"
};

/** Carries what is new in the archive's journal into the warehouse; all of it where the journal began anew. */
export async function carryArchive(connection: Connection, {entries, texts}: Archive): Promise<void> {
  const {last, seal} = await connection.row<{last: number; seal: string | null}>(
    "select coalesce(max(n), 0)::integer as last, arg_max(seal, n) as seal from ops.archive_entries"
  );
  const isAnew = last > 0 && entries[last - 1]?.seal !== seal;
  const owed = isAnew ? entries : entries.slice(last);
  if (owed.length === 0) return;
  await connection.transaction(async () => {
    if (isAnew) await connection.run("delete from ops.archive_entries");
    await insertRows(
      connection,
      "ops.archive_entries",
      entryShape,
      owed.map(entry => ({...entry, text: texts.get(entry.file) ?? null}))
    );
  });
}
