import {type Receipt, shownName} from "../archive/snapshots.ts";
import type {Connection} from "../warehouse/connection.ts";

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
}

interface NewLoad {
  readonly receipt: Receipt;
  readonly runId: number;
  readonly layout: string | null;
  readonly layoutVersion: string;
  readonly issuedAt: Date | null;
  readonly outcome: LoadRecord["outcome"];
  readonly reason: string | null;
  readonly difference: string | null;
  readonly counts?: RowCounts;
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

/** Columns of a load as JavaScript likes them: counts as numbers. */
export const loadColumns = `
  load_id, receipt, sha256, feed, file_name, origin, received_at, issued_at, layout, layout_version, meter_point_id, outcome, reason, difference,
  rows_read::double as rows_read, rows_landed::double as rows_landed, rows_duplicate::double as rows_duplicate, rows_empty::double as rows_empty,
  rows_dropped::double as rows_dropped, rows_rejected::double as rows_rejected, rows_mended::double as rows_mended, cells_rejected::double as cells_rejected,
  meter_days::double as meter_days, reads::double as reads, transactions::double as transactions, first_date, last_date, superseded_by,
  (select case arg_max(decision, decided_at) when 'withdrawn' then arg_max(why, decided_at) end
   from ops.withdrawals w where w.receipt = l.receipt) as withdrawn_because`;

/** Writes a load into the ledger and takes any earlier reading of the same receipt out of view. Part of the caller's transaction. */
export async function recordLoad(connection: Connection, load: NewLoad): Promise<LoadRecord> {
  const {receipt, counts = noRows} = load;
  const {load_id} = await connection.row<{load_id: number}>(
    "select (coalesce(max(load_id), 0) + 1)::integer as load_id from ops.loads"
  );
  await connection.run("update ops.loads set superseded_by = $1 where receipt = $2 and superseded_by is null", [
    load_id,
    receipt.id
  ]);
  await connection.run(
    `insert into ops.loads values ($1, $2, $3, $4, $5, $6, $7, $8::timestamp, $9::timestamp, $10, $11, $12, $13, $14, $15,
       $16, $17, $18, $19, $20, $21, $22, $23, 0, 0, null, null, null, 0)`,
    [
      load_id,
      load.runId,
      receipt.id,
      receipt.sha256,
      receipt.feed,
      shownName(receipt),
      receipt.origin,
      sqlTime(receipt.received_at),
      load.issuedAt === null ? null : sqlTime(load.issuedAt.toISOString()),
      load.layout,
      load.layoutVersion,
      receipt.meter_point_id,
      load.outcome,
      load.reason,
      load.difference,
      counts.rows_read,
      counts.rows_landed,
      counts.rows_duplicate,
      counts.rows_empty,
      counts.rows_dropped,
      counts.rows_rejected,
      counts.rows_mended,
      counts.cells_rejected
    ]
  );
  return readLoad(connection, load_id);
}

/** One load by its number. */
export async function readLoad(connection: Connection, loadId: number): Promise<LoadRecord> {
  return connection.row<LoadRecord>(`select ${loadColumns} from ops.loads l where load_id = $1`, [loadId]);
}

/** Every load that stands, by receipt: the newest reading of each snapshot. */
export async function readStandingLoads(connection: Connection): Promise<Map<string, LoadRecord>> {
  const loads = await connection.rows<LoadRecord>(`select ${loadColumns} from ops.loads l where superseded_by is null`);
  return new Map(loads.map(load => [load.receipt, load]));
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
  await connection.run("insert into ops.runs values ($1, $2, $3::timestamp, null, 'running', null)", [
    run_id,
    command,
    sqlTime(now.toISOString())
  ]);
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
export async function carryDecisions(connection: Connection, receipts: readonly Receipt[]): Promise<void> {
  const decided = receipts.flatMap(({id, decisions}) =>
    decisions.map(decision => ({receipt: id, ...decision, decided_at: sqlTime(decision.decided_at)}))
  );
  if (decided.length === 0) return;
  await connection.run(
    `insert into ops.withdrawals
     select d.receipt, d.decided_at, d.decision, d.why
     from (select unnest(from_json($1::json, '[{"receipt":"VARCHAR","decided_at":"TIMESTAMP","decision":"VARCHAR","why":"VARCHAR"}]')) as d)
     anti join ops.withdrawals w on w.receipt = d.receipt and w.decided_at = d.decided_at`,
    [JSON.stringify(decided)]
  );
}
