import {type Decision, type Receipt, shownName} from "../archive/receipts.ts";
import type {Connection} from "../warehouse/connection.ts";
import {insertRows} from "../warehouse/insert-rows.ts";

/** Where every row of a file went. rows_read is the sum of landed, duplicate, empty, dropped and rejected. */
export interface RowCounts {
  readonly rows_read: number;
  readonly rows_landed: number;
  /** The same as another row of the file, or an estimate beside its actual. */
  readonly rows_duplicate: number;
  /** Rows that say there was no reading. */
  readonly rows_empty: number;
  /** Rows of quantities that are not energy, such as reactive. */
  readonly rows_dropped: number;
  readonly rows_rejected: number;
  /** Landed after a fault was mended as the layout allows. */
  readonly rows_mended: number;
  /** Cells of landed rows that held no number: those half-hours are missing, the rest of their row is not. */
  readonly cells_rejected: number;
}

/** One line of the ledger: what became of one snapshot read by one layout. */
export interface LoadRecord extends RowCounts {
  readonly load_id: number;
  readonly receipt: string;
  readonly sha256: string;
  /** Of its bytes, whatever they came in; null where it was read before this was kept. */
  readonly content_sha256: string | null;
  /** What it was read as besides its layout: what names its meter where no column does. */
  readonly read_as: string | null;
  readonly feed: string;
  readonly file_name: string;
  readonly origin: string;
  readonly received_at: Date;
  readonly issued_at: Date | null;
  readonly layout: string | null;
  readonly layout_version: string;
  readonly meter_point_id: string | null;
  readonly outcome: "landed" | "refused";
  readonly reason: string | null;
  readonly difference: string | null;
  readonly meter_days: number;
  readonly reads: number;
  /** Fuel drawings and credits. */
  readonly transactions: number;
  readonly first_date: Date | null;
  readonly last_date: Date | null;
  readonly superseded_by: number | null;
  /** Why it is out of view, where it has been withdrawn. */
  readonly withdrawn_because: string | null;
  /** The other files that brought the very same bytes. */
  readonly also_came_as: string | null;
}

/** What a load put into the warehouse. */
export type Landed = Pick<LoadRecord, "meter_days" | "reads" | "first_date" | "last_date">;

/** A load as it goes into the ledger. */
export interface NewLoad {
  readonly loadId: number;
  readonly receipt: Receipt;
  readonly content: string | null;
  readonly readAs: string | null;
  readonly layout: string | null;
  readonly layoutVersion: string;
  readonly issuedAt: Date | null;
  readonly outcome: LoadRecord["outcome"];
  readonly reason: string | null;
  readonly difference: string | null;
  readonly counts: RowCounts;
  readonly landed: Landed;
}

/** The counts of a file of which nothing was read. */
export const noRows: RowCounts = {
  rows_read: 0,
  rows_landed: 0,
  rows_duplicate: 0,
  rows_empty: 0,
  rows_dropped: 0,
  rows_rejected: 0,
  rows_mended: 0,
  cells_rejected: 0
};

/** What a file put into the warehouse of which nothing landed. */
export const nothingLanded: Landed = {meter_days: 0, reads: 0, first_date: null, last_date: null};

/** Columns of a load as JavaScript likes them: counts as numbers. */
export const loadColumns = `
  load_id, receipt, sha256, content_sha256, read_as, feed, file_name, origin, received_at, issued_at, layout, layout_version, meter_point_id, outcome, reason, difference,
  rows_read::double as rows_read, rows_landed::double as rows_landed, rows_duplicate::double as rows_duplicate, rows_empty::double as rows_empty,
  rows_dropped::double as rows_dropped, rows_rejected::double as rows_rejected, rows_mended::double as rows_mended, cells_rejected::double as cells_rejected,
  meter_days::double as meter_days, reads::double as reads, transactions::double as transactions, first_date, last_date, superseded_by,
  (select why from ops.withdrawn_loads w where w.load_id = l.load_id) as withdrawn_because,
  (select string_agg(f.file_name, ', ' order by f.file_name) from ops.further_receipts f where f.load_id = l.load_id) as also_came_as`;

/** The loads of the ledger in memory, while one process writes: read once, and kept by what it lands. */
export interface Ledger {
  /** Every load that stands, by receipt: the newest reading of each snapshot. */
  readonly standing: Map<string, LoadRecord>;
  /** The loads that landed and stand, by what they are. */
  readonly byIdentity: Map<string, LoadRecord>;
  /** The number of the next load. */
  nextId: number;
}

export async function readLedger(connection: Connection): Promise<Ledger> {
  const {last} = await connection.row<{last: number}>(
    "select coalesce(max(load_id), 0)::integer as last from ops.loads"
  );
  const standing = await readStandingLoads(connection);
  const byIdentity = new Map([...standing.values()].flatMap(load => (isOne(load) ? [[identityOf(load), load]] : [])));
  return {standing, byIdentity, nextId: last + 1};
}

/** What a load is: its bytes, whatever they came in, the layout they were read by and what named their meter. */
export const identityOf = ({
  content_sha256,
  layout,
  read_as
}: Pick<LoadRecord, "content_sha256" | "layout" | "read_as">) => JSON.stringify([content_sha256, layout, read_as]);

const isOne = ({outcome, content_sha256}: LoadRecord) => outcome === "landed" && content_sha256 !== null;

const dateText = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null;

/** Writes loads into the ledger and takes any earlier reading of the same receipts out of view. Part of the caller's transaction. */
export async function recordLoads(
  connection: Connection,
  runId: number,
  {standing}: Ledger,
  loads: readonly NewLoad[]
): Promise<void> {
  for (const {loadId, receipt} of loads) await supersede(connection, standing.get(receipt.id), receipt, loadId);
  await insertRows(
    connection,
    "ops.loads",
    loadShape,
    loads.map(load => rowOf(load, runId))
  );
}

/** Takes what a receipt was read as before out of view; a load that other receipts of the same bytes share stays. */
async function supersede(
  connection: Connection,
  before: LoadRecord | undefined,
  receipt: Receipt,
  loadId: number
): Promise<void> {
  if (before === undefined) return;
  await connection.run("delete from ops.further_receipts where receipt = $1", [receipt.id]);
  if (before.receipt === receipt.id && before.load_id !== loadId)
    await connection.run("update ops.loads set superseded_by = $1 where load_id = $2", [loadId, before.load_id]);
}

/** A receipt of bytes that a load holds already. */
export interface Further {
  readonly receipt: Receipt;
  readonly loadId: number;
}

/** Puts further receipts of loads into the ledger. Part of the caller's transaction. */
export async function recordFurther(
  connection: Connection,
  {standing}: Ledger,
  further: readonly Further[]
): Promise<void> {
  for (const {receipt, loadId} of further) await supersede(connection, standing.get(receipt.id), receipt, loadId);
  await insertRows(
    connection,
    "ops.further_receipts",
    {receipt: "VARCHAR", load_id: "INTEGER", file_name: "VARCHAR"},
    further.map(({receipt, loadId}) => ({receipt: receipt.id, load_id: loadId, file_name: shownName(receipt)}))
  );
}

/** Loads by their numbers, first to last, which the ledger in memory then knows, with what became of each of these receipts. */
export async function readLoads(
  connection: Connection,
  {standing, byIdentity}: Ledger,
  [first, last]: readonly [number, number],
  receipts: readonly Receipt[]
): Promise<LoadRecord[]> {
  const loads = await connection.rows<LoadRecord>(
    `select ${loadColumns} from ops.loads l where load_id between $1 and $2 order by load_id`,
    [first, last]
  );
  for (const load of loads) {
    const before = standing.get(load.receipt);
    if (before?.receipt === load.receipt) byIdentity.delete(identityOf(before));
    standing.set(load.receipt, load);
    if (isOne(load)) byIdentity.set(identityOf(load), load);
  }
  if (loads.length < receipts.length) await knowFurther(connection, {standing, byIdentity}, receipts);
  return loads;
}

/** Lets the ledger in memory know by which of these receipts a load came once more. */
async function knowFurther(
  connection: Connection,
  {standing, byIdentity}: Pick<Ledger, "standing" | "byIdentity">,
  receipts: readonly Receipt[]
): Promise<void> {
  const further = await connection.rows<{receipt: string; load_id: number}>(
    "select receipt, load_id from ops.further_receipts where list_contains(from_json($1::json, '[\"varchar\"]'), receipt)",
    [JSON.stringify(receipts.map(({id}) => id))]
  );
  const byId = new Map([...byIdentity.values()].map(load => [load.load_id, load]));
  for (const {receipt, load_id} of further) {
    const load = byId.get(load_id);
    if (load !== undefined) standing.set(receipt, load);
  }
}

const countShape = {
  rows_read: "BIGINT",
  rows_landed: "BIGINT",
  rows_duplicate: "BIGINT",
  rows_empty: "BIGINT",
  rows_dropped: "BIGINT",
  rows_rejected: "BIGINT",
  rows_mended: "BIGINT",
  cells_rejected: "BIGINT"
} satisfies Record<keyof RowCounts, "BIGINT">;

const loadShape = {
  load_id: "INTEGER",
  run_id: "INTEGER",
  receipt: "VARCHAR",
  sha256: "VARCHAR",
  content_sha256: "VARCHAR",
  read_as: "VARCHAR",
  feed: "VARCHAR",
  file_name: "VARCHAR",
  origin: "VARCHAR",
  received_at: "TIMESTAMP",
  archived_in: "TIMESTAMP",
  issued_at: "TIMESTAMP",
  layout: "VARCHAR",
  layout_version: "VARCHAR",
  meter_point_id: "VARCHAR",
  outcome: "VARCHAR",
  reason: "VARCHAR",
  difference: "VARCHAR",
  ...countShape,
  meter_days: "BIGINT",
  reads: "BIGINT",
  first_date: "DATE",
  last_date: "DATE"
};

function rowOf({loadId, receipt, issuedAt, counts, landed, ...load}: NewLoad, runId: number) {
  const count = (name: keyof RowCounts) => [name, counts[name]] as const;
  return {
    load_id: loadId,
    run_id: runId,
    receipt: receipt.id,
    sha256: receipt.sha256,
    content_sha256: load.content,
    read_as: load.readAs,
    feed: receipt.feed,
    file_name: shownName(receipt),
    origin: receipt.origin,
    received_at: sqlTime(receipt.received_at),
    archived_in: receipt.archived_in === null ? null : sqlTime(receipt.archived_in),
    issued_at: issuedAt === null ? null : sqlTime(issuedAt.toISOString()),
    layout: load.layout,
    layout_version: load.layoutVersion,
    meter_point_id: receipt.meter_point_id,
    outcome: load.outcome,
    reason: load.reason,
    difference: load.difference,
    ...Object.fromEntries((Object.keys(countShape) as (keyof RowCounts)[]).map(count)),
    meter_days: landed.meter_days,
    reads: landed.reads,
    first_date: dateText(landed.first_date),
    last_date: dateText(landed.last_date)
  };
}

/** One load by its number. */
export async function readLoad(connection: Connection, loadId: number): Promise<LoadRecord> {
  return connection.row<LoadRecord>(`select ${loadColumns} from ops.loads l where load_id = $1`, [loadId]);
}

/** Every load that stands, by receipt: the newest reading of each snapshot, also by the other receipts of its bytes. */
export async function readStandingLoads(connection: Connection): Promise<Map<string, LoadRecord>> {
  const loads = await connection.rows<LoadRecord>(`select ${loadColumns} from ops.loads l where superseded_by is null`);
  const further = await connection.rows<{receipt: string; load_id: number}>(
    "select receipt, load_id from ops.further_receipts"
  );
  const byId = new Map(loads.map(load => [load.load_id, load]));
  const standing = new Map(loads.map(load => [load.receipt, load]));
  for (const {receipt, load_id} of further) {
    const load = byId.get(load_id);
    if (load !== undefined) standing.set(receipt, load);
  }
  return standing;
}

/** Opens a run in the ledger; runs that a dead process left open are closed as abandoned. */
export async function beginRun(connection: Connection, command: string, now: Date): Promise<number> {
  await connection.run(
    "update ops.runs set outcome = 'abandoned', ended_at = $1::timestamp where outcome = 'running'",
    [sqlTime(now.toISOString())]
  );
  const {run_id} = await connection.row<{run_id: number}>(
    "select (coalesce(max(run_id), 0) + 1)::integer as run_id from ops.runs"
  );
  await connection.run(
    "insert into ops.runs (run_id, command, started_at, ended_at, outcome, detail) values ($1, $2, $3::timestamp, null, 'running', null)",
    [run_id, command, sqlTime(now.toISOString())]
  );
  return run_id;
}

export async function endRun(
  connection: Connection,
  runId: number,
  outcome: "done" | "failed",
  detail: string | null,
  now: Date
): Promise<void> {
  await connection.run("update ops.runs set outcome = $2, detail = $3, ended_at = $4::timestamp where run_id = $1", [
    runId,
    outcome,
    detail,
    sqlTime(now.toISOString())
  ]);
}

/** An instant as DuckDB's TIMESTAMP text, at UTC. */
export const sqlTime = (iso: string) => iso.replace("T", " ").replace(/Z$/, "");

/** Carries the decisions of the archive into the ledger, so that a warehouse made again knows them. */
export async function carryDecisions(connection: Connection, receipts: Iterable<Receipt>): Promise<void> {
  const decided = [...receipts].flatMap(({id, decisions}) =>
    decisions
      .filter(({decision}) => decision !== "received" && decision !== "erased")
      .map(({received_at: _received, archived_in: _archived, extract: _extract, ...decision}) => ({
        ...{receipt: id, ...decision},
        decided_at: sqlTime(decision.decided_at)
      }))
  );
  if (decided.length === 0) return;
  await connection.run("create or replace temp table decided as from ops.decisions limit 0");
  await insertRows(connection, "decided", decisionShape, decided);
  await connection.run("insert into ops.decisions from decided anti join ops.decisions using (receipt, decided_at)");
  await connection.run("drop table decided");
}

const decisionShape = {
  receipt: "VARCHAR",
  decided_at: "TIMESTAMP",
  decision: "VARCHAR",
  why: "VARCHAR",
  meter_point_id: "VARCHAR",
  first_date: "DATE",
  last_date: "DATE"
} satisfies Record<Exclude<keyof Decision, "received_at" | "archived_in" | "extract"> | "receipt", string>;
