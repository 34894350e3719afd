import {copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat} from "node:fs/promises";
import {tmpdir} from "node:os";
import {basename, join} from "node:path";
import {expect} from "vitest";
import {openDatabase} from "../../src/warehouse/connection.ts";
import {type DeliveredFile, heldOf} from "../support/oracle.ts";
import {differences, heldIn, type MeterDay, sha256} from "./folder.ts";
import type {MixedFile} from "./mixed-files.ts";

interface Load {
  readonly load_id: number;
  readonly receipt: string;
  readonly sha256: string;
  readonly outcome: "landed" | "refused";
  readonly superseded_by: number | null;
  readonly meter_days: number;
}

interface Receipt {
  readonly sha256: string;
  readonly received_at: string;
}

/** What lies in a data folder while nobody is at work on it. */
export interface Left {
  readonly loads: readonly Load[];
  readonly meterDays: readonly (MeterDay & {readonly load_id: number})[];
  readonly runs: readonly {readonly outcome: string}[];
  readonly receipts: readonly Receipt[];
  /** Names of half-written files in the archive. */
  readonly halfWritten: readonly string[];
  /** Snapshots whose receipt was not written. */
  readonly withoutReceipt: readonly string[];
  /** Bytes of the write-ahead log. */
  readonly logged: number;
  /** The hash of the database file, without its log; null where there is none. */
  readonly image: string | null;
}

/** Looks at a folder as a kill left it. The warehouse is looked at in a copy, so that what opens it next is the command. */
export async function lookAt(folder: string): Promise<Left> {
  const copy = await mkdtemp(join(tmpdir(), "canopy-look-"));
  try {
    return {...(await readArchive(join(folder, "snapshots"))), ...(await readCopy(join(folder, "warehouse"), copy))};
  } finally {
    await rm(copy, {recursive: true, force: true});
  }
}

async function readArchive(root: string): Promise<Pick<Left, "receipts" | "halfWritten" | "withoutReceipt">> {
  const names = await readdir(root, {recursive: true}).catch(() => []);
  const receiptNames = names.filter(name => name.endsWith(".receipt.json"));
  const receipts = await Promise.all(
    receiptNames.map(async name => JSON.parse(await readFile(join(root, name), "utf8")) as Receipt)
  );
  const known = new Set(receipts.map(({sha256}) => sha256));
  return {
    receipts,
    halfWritten: names.filter(name => name.endsWith(".tmp")),
    withoutReceipt: names.filter(name => /^[0-9a-f]{64}$/.test(basename(name)) && !known.has(basename(name)))
  };
}

type OfWarehouse = Pick<Left, "loads" | "meterDays" | "runs" | "logged" | "image">;

async function readCopy(warehouse: string, copy: string): Promise<OfWarehouse> {
  await mkdir(copy, {recursive: true});
  const names = (await readdir(warehouse).catch(() => [])).filter(name => name.startsWith("canopy.duckdb"));
  for (const name of names) await copyFile(join(warehouse, name), join(copy, name));
  const logged = await stat(join(copy, "canopy.duckdb.wal")).then(
    ({size}) => size,
    () => 0
  );
  const image = await readFile(join(copy, "canopy.duckdb")).then(sha256, () => null);
  const database = await openDatabase(join(copy, "canopy.duckdb"), {folders: []});
  const connection = await database.connect();
  try {
    const has = await connection.rows(
      "select 1 from duckdb_tables() where schema_name = 'ops' and table_name = 'loads'"
    );
    if (has.length === 0) return {loads: [], meterDays: [], runs: [], logged, image};
    return {
      loads: await connection.rows<Load>(
        "select load_id, receipt, sha256, outcome, superseded_by, meter_days::integer as meter_days from ops.loads order by load_id"
      ),
      meterDays: await connection.rows("select *, meter_key as meter from raw.meter_days"),
      runs: await connection.rows<{outcome: string}>("select outcome from ops.runs"),
      logged,
      image
    };
  } finally {
    connection.close();
    database.close();
  }
}

/** Loads are whole or absent, one stands for each receipt, and each holds what its file does. */
export function expectWhole({loads, meterDays, receipts}: Left, files: readonly MixedFile[]): void {
  const bySha = new Map(files.flatMap(({delivered}) => (delivered === null ? [] : [[delivered.sha256, delivered]])));
  const byLoad = new Map(loads.map(({load_id}) => [load_id, meterDays.filter(row => row.load_id === load_id)]));
  const archived = new Set(receipts.map(({sha256}) => sha256));
  const standing = loads.filter(({superseded_by}) => superseded_by === null).map(({receipt}) => receipt);
  expect(new Set(standing).size, "loads that stand, by receipt").toBe(standing.length);
  expect(
    meterDays.filter(({load_id}) => !byLoad.has(load_id)),
    "rows without a load"
  ).toEqual([]);
  for (const {load_id, sha256, outcome, meter_days} of loads) {
    const rows = byLoad.get(load_id) ?? [];
    const delivered = bySha.get(sha256);
    expect(archived.has(sha256), "its bytes are in the archive").toBe(true);
    expect([outcome, meter_days]).toEqual([delivered === undefined ? "refused" : "landed", rows.length]);
    expect(differences(heldIn(rows), heldOf(delivered === undefined ? [] : [asIfAlone(delivered)]))).toEqual([]);
  }
}

const asIfAlone = (delivered: Omit<DeliveredFile, "receivedAt">) => ({
  ...delivered,
  receivedAt: "2026-01-01T00:00:00Z"
});

/** Nothing that was held before is gone or another. */
export function expectStillHeld(before: Left, after: Left): void {
  const kept = ({load_id, receipt, outcome, meter_days}: Load) => ({load_id, receipt, outcome, meter_days});
  const ids = new Set(before.loads.map(({load_id}) => load_id));
  expect(after.loads.filter(({load_id}) => ids.has(load_id)).map(kept)).toEqual(before.loads.map(kept));
  const shas = new Set(after.receipts.map(({sha256}) => sha256));
  expect(before.receipts.filter(({sha256}) => !shas.has(sha256))).toEqual([]);
}

/** The files as they were delivered, received when the archive says. */
export function deliveredFiles({receipts}: Left, files: readonly MixedFile[]): DeliveredFile[] {
  const receivedAt = new Map(receipts.map(({sha256, received_at}) => [sha256, received_at]));
  return files.flatMap(({delivered}) => {
    const received = delivered === null ? undefined : receivedAt.get(delivered.sha256);
    return delivered === null || received === undefined ? [] : [{...delivered, receivedAt: received}];
  });
}
