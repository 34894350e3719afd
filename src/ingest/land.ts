import {createHash} from "node:crypto";
import {createReadStream} from "node:fs";
import {pipeline} from "node:stream/promises";
import {type PlainFile, withPlainFile} from "../archive/plain-file.ts";
import {isErased, type Receipt} from "../archive/receipts.ts";
import {snapshotPath} from "../archive/snapshots.ts";
import {FeedError, isFatal, isTooMuch, messageOf, WarehouseError} from "../errors.ts";
import type {LongRows} from "../layouts/compile/long-rows.ts";
import type {Layout} from "../layouts/layout.ts";
import type {Connection} from "../warehouse/connection.ts";
import {several} from "../wording/numbers.ts";
import {readExtract} from "./extracts.ts";
import {landRecords} from "./land-records.ts";
import {landedIn} from "./landed.ts";
import {
  type Further,
  identityOf,
  type Landed,
  type Ledger,
  type LoadRecord,
  type NewLoad,
  noRows,
  nothingLanded,
  type RowCounts,
  readLoads,
  recordFurther,
  recordLoads
} from "./ledger.ts";
import {landInOnePass} from "./one-pass.ts";
import {recogniseReceipt} from "./reading.ts";
import {clearStage, type LandingContext, type Reading, Refusal, stageWithLines} from "./stage.ts";
import {layoutVersion, libraryVersion} from "./versions.ts";

/** A snapshot to be landed, and the number its load will have. */
interface Pending {
  readonly receipt: Receipt;
  readonly loadId: number;
}

/** Where the rows of files land: in the warehouse itself, or in temporary tables from which a group of small files lands as one. */
interface Target {
  readonly days: string;
  readonly rejects: string;
  readonly periods: string;
  readonly dialReads: string;
  /** All of a file or nothing of it. */
  readonly attempt: <T>(loadId: number, work: () => Promise<T>) => Promise<T>;
  /** Within an attempt: puts a load into the ledger, with what else of it lands. */
  readonly settle: (load: NewLoad, write?: () => Promise<void>) => Promise<void>;
  /** The number of the load that another receipt of the same bytes, read the same way, has become; null where there is none. */
  readonly twinOf: (receipt: Receipt, identity: string) => number | null;
  /** Within an attempt: puts a further receipt of a load into the ledger. */
  readonly share: (further: Further) => Promise<void>;
}

/** Files of up to so many bytes land together, so many files and bytes at a time: what a crash may cost. */
const small = {bytes: 4 << 20, together: {files: 50, bytes: 16 << 20}};

/**
 * Lands snapshots in their order: reads each, judges its rows, and puts the good ones into the warehouse with their ledger row, all of a file or
 * nothing. Bytes that a load holds already, read the same way, are a further receipt of that load. A snapshot that cannot be read is recorded as
 * refused, with the reason. What is cut off, the next run lands again. Errors that mean the warehouse itself has failed are thrown. `onRead` is told
 * of each before it is read.
 */
export async function landAll(
  receipts: readonly Receipt[],
  context: LandingContext,
  onRead: (receipt: Receipt, index: number) => void = () => {}
): Promise<LoadRecord[]> {
  const loads: LoadRecord[] = [];
  for (const group of groupsOf(receipts, receipt => context.tries?.isAlone(receipt) ?? false)) {
    const pending = group.map(receipt => ({receipt, loadId: context.ledger.nextId++}));
    const told = (receipt: Receipt) => onRead(receipt, loads.length + group.indexOf(receipt));
    await context.tries?.begin(group);
    await landGroup(pending, context, told);
    const ids = pending.map(({loadId}) => loadId);
    loads.push(...(await readLoads(context.connection, context.ledger, [Math.min(...ids), Math.max(...ids)], group)));
  }
  return loads;
}

/** Neighbours that are small, in groups; any other by itself, and so what is to be alone. */
function groupsOf(receipts: readonly Receipt[], isAlone: (receipt: Receipt) => boolean): Receipt[][] {
  const groups: Receipt[][] = [];
  let isOpen = false;
  for (const receipt of receipts) {
    const group = groups.at(-1);
    const single = isAlone(receipt);
    if (group !== undefined && isOpen && !single && hasRoom(group, receipt)) group.push(receipt);
    else groups.push([receipt]);
    isOpen = !single;
  }
  return groups;
}

function hasRoom(group: readonly Receipt[], receipt: Receipt): boolean {
  const all = [...group, receipt];
  return (
    all.every(({bytes}) => bytes <= small.bytes) &&
    all.length <= small.together.files &&
    all.reduce((sum, {bytes}) => sum + bytes, 0) <= small.together.bytes
  );
}

async function landGroup(
  pending: readonly Pending[],
  context: LandingContext,
  onRead: (receipt: Receipt) => void
): Promise<void> {
  const isOne = pending.length === 1;
  if (!isOne && (await landTogether(pending, context, onRead))) return;
  for (const each of pending) {
    if (isOne) onRead(each.receipt);
    await landOne(each, straight(context), context);
  }
}

/** Lands a group as one; false where it could not be, so that the one file which is to blame has to be found. */
async function landTogether(
  pending: readonly Pending[],
  context: LandingContext,
  onRead: (receipt: Receipt) => void
): Promise<boolean> {
  const {connection} = context;
  const {target, land} = await together(context);
  for (const each of pending) {
    onRead(each.receipt);
    await landOne(each, target, context);
  }
  try {
    await connection.transaction(land);
    return true;
  } catch (error) {
    if (isFatal(error)) throw error;
    return false;
  } finally {
    for (const {table} of tablesOf(target)) await connection.run(`drop table if exists ${table}`);
  }
}

const own = {
  days: "raw.meter_days",
  rejects: "ops.rejects",
  periods: "raw.periods",
  dialReads: "raw.register_reads"
} as const;

/** The tables of a target, each with the one in the warehouse that is of its form. */
const tablesOf = (target: Pick<Target, keyof typeof own>) =>
  (Object.keys(own) as (keyof typeof own)[]).map(name => ({table: target[name], like: own[name]}));

function straight({connection, runId, ledger}: LandingContext): Target {
  return {
    ...own,
    attempt: (_loadId, work) => connection.transaction(work),
    settle: async (load, write) => {
      await recordLoads(connection, runId, ledger, [load]);
      await write?.();
    },
    twinOf: (receipt, identity) => twinInLedger(ledger, receipt, identity)?.load_id ?? null,
    share: further => recordFurther(connection, ledger, [further])
  };
}

function twinInLedger({byIdentity}: Ledger, {id}: Receipt, identity: string): LoadRecord | null {
  const twin = byIdentity.get(identity);
  return twin === undefined || twin.receipt === id ? null : twin;
}

/** Temporary tables for a group, and what lands them. */
async function together({
  connection,
  runId,
  ledger
}: LandingContext): Promise<{target: Target; land: () => Promise<void>}> {
  const tables = {
    days: "temp.landing_days",
    rejects: "temp.landing_rejects",
    periods: "temp.landing_periods",
    dialReads: "temp.landing_dial_reads"
  };
  const settled: {load: NewLoad; write: (() => Promise<void>) | undefined}[] = [];
  const shared: Further[] = [];
  for (const {table, like} of tablesOf(tables))
    await connection.run(`create or replace temp table ${table.replace("temp.", "")} as from ${like} limit 0`);
  const undo = async (loadId: number) => {
    for (const {table} of tablesOf(tables)) await connection.run(`delete from ${table} where load_id = $1`, [loadId]);
  };
  const attempt: Target["attempt"] = async (loadId, work) => {
    const [loadsBefore, sharedBefore] = [settled.length, shared.length];
    try {
      return await work();
    } catch (error) {
      settled.length = loadsBefore;
      shared.length = sharedBefore;
      await undo(loadId);
      throw error;
    }
  };
  const land = async () => {
    const loads = settled.map(({load}) => load);
    await recordLoads(connection, runId, ledger, loads);
    await recordFurther(connection, ledger, shared);
    for (const {table, like} of tablesOf(tables))
      await connection.run(`insert into ${like} by name select * from ${table}`);
    for (const {write} of settled) await write?.();
  };
  const twinOf: Target["twinOf"] = (receipt, identity) => {
    const here = settled.find(({load}) => load.outcome === "landed" && identityOfNew(load) === identity);
    if (here !== undefined) return here.load.loadId;
    const twin = twinInLedger(ledger, receipt, identity);
    const isReadAgain = settled.some(({load}) => load.receipt.id === twin?.receipt);
    return twin === null || isReadAgain ? null : twin.load_id;
  };
  const settle: Target["settle"] = async (load, write) => void settled.push({load, write});
  const share: Target["share"] = async further => void shared.push(further);
  return {target: {...tables, attempt, settle, twinOf, share}, land};
}

const identityOfNew = ({content, layout, readAs}: Pick<NewLoad, "content" | "layout" | "readAs">) =>
  identityOf({content_sha256: content, layout, read_as: readAs});

/** Lands one snapshot in a target; what cannot be read is settled as refused. */
async function landOne({receipt, loadId}: Pending, target: Target, context: LandingContext): Promise<void> {
  const {tries, ledger} = context;
  try {
    if (isErased(receipt)) {
      const {load, write} = await readExtract(context.connection, context.snapshots, receipt, loadId);
      await target.attempt(loadId, () => target.settle(load, write));
      return;
    }
    if (tries?.isLeftOut(receipt)) return await leaveOut({receipt, loadId}, target, context);
    const kept = {path: snapshotPath(context.snapshots, receipt), fileName: receipt.file_name, part: receipt.part};
    const land = async (file: PlainFile) => {
      const content = receipt.part === null ? receipt.sha256 : await hashOf(file.path);
      const found = await recogniseReceipt(file, receipt, context);
      if ("format" in found) {
        const {load, write} = await landRecords(file, {receipt, loadId, content}, found, context);
        return landAs(load, target, () => target.attempt(loadId, () => target.settle(load, write)));
      }
      const {reading, known, issuedAt} = found;
      const version = layoutVersion(known, context.migrations);
      const identity = {content, layout: known.name, readAs: readAsOf(reading, known)};
      const loadOf = (counts: RowCounts, landed: Landed): NewLoad => ({
        ...{loadId, receipt, ...identity, layoutVersion: version, issuedAt, counts, landed},
        ...{outcome: "landed", reason: null, difference: file.note ?? null}
      });
      return landAs({receipt, loadId, ...identity}, target, () =>
        landHalfHours(reading, loadId, target, context, loadOf)
      );
    };
    await withPlainFile(kept, context.scratch, land, context.reader);
    tries?.forget(receipt.id);
  } catch (thrown) {
    const error = await ofFile(thrown, context);
    if (isTooMuch(error)) tries?.failed(receipt, reasonOf(error));
    else tries?.forget(receipt.id);
    // What was read of it before stays counted.
    if (isTooMuch(error) && ledger.standing.get(receipt.id)?.outcome === "landed") return;
    await target.attempt(loadId, () => target.settle(refused({receipt, loadId}, error, context)));
  }
}

/** Refuses a file that was too much too often, without beginning it. */
async function leaveOut({receipt, loadId}: Pending, target: Target, context: LandingContext): Promise<void> {
  const {times = 0, reason = ""} = context.tries?.of(receipt) ?? {};
  const why = new Refusal(`it was tried ${several(times, "time")}: ${reason}`);
  await target.attempt(loadId, () => target.settle(refused({receipt, loadId}, why, context)));
}

/** An error that belongs to the file, with what to do. What is not the file's is thrown: where the disk has no room, a statement cannot put on it what does not fit into memory. */
async function ofFile(error: unknown, {hasRoom}: LandingContext): Promise<unknown> {
  if (isFatal(error)) throw error;
  if (!isTooMuch(error) || !(error instanceof WarehouseError)) return error;
  if (hasRoom !== undefined && !(await hasRoom()))
    throw new WarehouseError(messageOf(error), {code: "fatal", cause: error});
  return new FeedError(
    "reading it needs more memory than one file may have: ask the sender for a shorter time in each file",
    {
      ...{code: "too large", cause: error}
    }
  );
}

/** Lands what has not landed yet; else the receipt is a further one of the load that these bytes are. */
async function landAs(
  load: Pick<NewLoad, "receipt" | "loadId" | "content" | "layout" | "readAs">,
  target: Target,
  land: () => Promise<void>
): Promise<void> {
  const twin = target.twinOf(load.receipt, identityOfNew(load));
  if (twin === null) return land();
  return target.attempt(load.loadId, () => target.share({receipt: load.receipt, loadId: twin}));
}

/** What a file is read as besides its layout: the meter that was said or found, and whatever else its layout finds in names, which bytes do not tell. */
function readAsOf({meterText, outside}: Reading, {outside: found}: Layout): string | null {
  const named = found.filter(each => each.in !== "lines above").map(({name}) => outside[name] ?? "");
  return named.length === 0 ? meterText : JSON.stringify([meterText, ...named]);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, {highWaterMark: 1 << 20}), hash);
  return hash.digest("hex");
}

const reasonOf = (error: unknown) => messageOf(error).split("\n")[0] ?? "unknown";

function refused({receipt, loadId}: Pending, error: unknown, {layouts}: LandingContext): NewLoad {
  return {
    ...{
      loadId,
      receipt,
      content: null,
      readAs: null,
      layout: null,
      layoutVersion: libraryVersion(layouts),
      issuedAt: null,
      outcome: "refused"
    },
    reason: reasonOf(error),
    difference: error instanceof Refusal ? error.difference : null,
    counts: noRows,
    landed: nothingLanded
  };
}

/** First in one pass, over the bytes as they are; where a row or the control total fails, again with line numbers and rejects. */
async function landHalfHours(
  reading: Reading,
  loadId: number,
  target: Target,
  context: LandingContext,
  loadOf: (counts: RowCounts, landed: Landed) => NewLoad
): Promise<void> {
  const isLanded = await target
    .attempt(loadId, async () => {
      const done = await landInOnePass(reading, target.days, loadId, context);
      if (done === null) throw new Refusal("not in one pass");
      await target.settle(loadOf(done.counts, done.landed));
      return true;
    })
    .catch(error => {
      if (isFatal(error)) throw error;
      return false;
    });
  if (!isLanded) await landWithLines(reading, loadId, target, context, loadOf);
}

async function landWithLines(
  reading: Reading,
  loadId: number,
  target: Target,
  context: LandingContext,
  loadOf: (counts: RowCounts, landed: Landed) => NewLoad
): Promise<void> {
  const {connection} = context;
  try {
    const counts = await stageWithLines(reading, context);
    await target.attempt(loadId, async () => {
      const {placedRows, comesInParts, longRows} = reading.compiled;
      if (placedRows !== null) await placeDays(connection, target.days, loadId, comesInParts || counts.isRepeated);
      await placeLong(connection, target, loadId, longRows, reading.layout.name);
      if (counts.rows_rejected + counts.cells_rejected + counts.rows_mended > 0)
        await placeRejects(connection, target.rejects, loadId);
      const landed = await landedIn(connection, target.days, loadId);
      const long = await longIn(connection, target, loadId);
      await target.settle(
        loadOf(counts, {...landed, ...outermost([landed, long])}),
        long.records === 0 ? undefined : () => countRecords(connection, loadId, long.records)
      );
    });
  } finally {
    await clearStage(connection);
  }
}

async function placeDays(connection: Connection, days: string, loadId: number, isMerged: boolean): Promise<void> {
  if (isMerged)
    await connection.run(
      `create or replace temp table landing as
       select meter_key as meter, channel, unit, settlement_date, quantity, present, estimated, coalesce(line, 0) as precedence from placed_rows`
    );
  await connection.run(
    `insert into ${days} (load_id, meter_key, channel, unit, settlement_date, quantity, present, estimated)
     select $1::integer, ${isMerged ? "meter" : "meter_key"}, channel, unit, settlement_date, quantity, present, estimated
     from ${isMerged ? "merge_half_hours('landing')" : "placed_rows"}`,
    [loadId]
  );
}

/** Puts periods and reads of dials into their tables. */
async function placeLong(
  connection: Connection,
  target: Target,
  loadId: number,
  {periods, dialReads}: LongRows,
  layout: string
): Promise<void> {
  if (periods !== null)
    await connection.run(
      `insert into ${target.periods} by name
       select ${loadId}::integer as load_id, line::integer as line, meter_key, channel, unit, starts_at, ends_at, quantity::decimal(24, 8) as quantity, is_estimated
       from (${periods})`
    );
  if (dialReads !== null)
    await connection.run(
      `insert into ${target.dialReads} by name
       select ${loadId}::integer as load_id, line::integer as line, $1 as provider, meter_key, serial, register, read_at, value::decimal(18, 4) as value, unit, status, null::integer as digits
       from (${dialReads})`,
      [layout]
    );
}

/** What long rows of a load there are, and of which days. */
async function longIn(connection: Connection, {periods, dialReads}: Target, loadId: number) {
  return connection.row<{records: number; first_date: Date | null; last_date: Date | null}>(
    `select count(*)::double as records, min(first_date) as first_date, max(last_date) as last_date
     from (
       select local_date(starts_at) as first_date, local_date(ends_at - interval 1 minute) as last_date from ${periods} where load_id = $1
       union all
       select read_at::date, read_at::date from ${dialReads} where load_id = $1
     )`,
    [loadId]
  );
}

type Dates = Pick<Landed, "first_date" | "last_date">;

function outermost(dates: readonly Dates[]): Dates {
  const of = (name: keyof Dates) => dates.flatMap(each => each[name] ?? []).sort((a, b) => a.getTime() - b.getTime());
  return {first_date: of("first_date")[0] ?? null, last_date: of("last_date").at(-1) ?? null};
}

const countRecords = (connection: Connection, loadId: number, records: number) =>
  connection.run("update ops.loads set transactions = $1 where load_id = $2", [records, loadId]);

async function placeRejects(connection: Connection, rejects: string, loadId: number): Promise<void> {
  await connection.run(
    `insert into ${rejects} (load_id, row_number, rule, value, outcome)
     select $1::integer, line, broken_rule, left(broken_value, 300), 'rejected' from judged_rows where broken_rule is not null
     union all
     select $1::integer, line, 'cell', left(unnest(broken_cells), 300), 'rejected' from judged_rows where broken_rule is null and not is_dropped
     union all
     select $1::integer, line, rule, value, outcome from set_aside where outcome = 'rejected'
     union all
     select $1::integer, line, 'daily sequence', date_text || ' read as ' || source_date || ': day and month were exchanged', 'mended' from judged_rows where is_mended and broken_rule is null`,
    [loadId]
  );
}
