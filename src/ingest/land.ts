import {createHash} from "node:crypto";
import {rm} from "node:fs/promises";
import {join} from "node:path";
import {type MeterKey, parseMeterKey} from "../domain/meter-points.ts";
import {FeedError, messageOf} from "../errors.ts";
import {type CompiledLayout, compileLayout} from "../feeds/layouts/compile.ts";
import type {Layout} from "../feeds/layouts/layout.ts";
import {recognise} from "../feeds/layouts/recognise.ts";
import type {Connection} from "../warehouse/connection.ts";
import {headRecordsOf, type Inspection, inspectFile} from "./inspect.ts";
import {type LoadRecord, type RowCounts, readLoad, recordLoad} from "./ledger.ts";
import {writeReadable} from "./prepare.ts";
import {type Receipt, snapshotPath} from "./snapshots.ts";

/** Where a snapshot is read from and what it may be. */
export interface LandingContext {
  readonly connection: Connection;
  readonly snapshots: string;
  readonly scratch: string;
  readonly layouts: ReadonlyMap<string, Layout>;
  readonly runId: number;
  readonly now: Date;
}

/** A file that is refused whole: nothing of it lands, its bytes stay in the archive. */
class Refusal extends FeedError {
  readonly difference: string | null;
  constructor(reason: string, difference: string | null = null) {
    super(reason);
    this.difference = difference;
  }
}

/**
 * Reads one snapshot by its layout, judges its rows and lands the good ones with their ledger row in one transaction. A snapshot that cannot be
 * read is recorded as refused, with the reason. Errors that mean the warehouse itself has failed are thrown.
 */
export async function landReceipt(receipt: Receipt, context: LandingContext): Promise<LoadRecord> {
  try {
    return await land(receipt, context);
  } catch (error) {
    if (!isOfTheFile(error)) throw error;
    const difference = error instanceof Refusal ? error.difference : null;
    return refuse(receipt, context, reasonOf(error), difference);
  } finally {
    await clearStage(context.connection);
  }
}

/** Changes when the meaning that canopy gives to a layout's bytes changes. */
export function layoutVersion(layout: Layout): string {
  return createHash("sha256").update(JSON.stringify(layout)).digest("hex").slice(0, 16);
}

/** Changes when any layout does: a refused file is tried again then. */
export function libraryVersion(layouts: ReadonlyMap<string, Layout>): string {
  return createHash("sha256")
    .update([...layouts.values()].map(layoutVersion).sort().join())
    .digest("hex")
    .slice(0, 16);
}

/** Whether an error is the file's and not ours or the machine's. */
const isOfTheFile = (error: unknown) =>
  error instanceof FeedError || /^(Invalid Input|Conversion|Out of Range) Error/.test(messageOf(error));
const reasonOf = (error: unknown) => messageOf(error).split("\n")[0] ?? "unknown";

async function refuse(
  receipt: Receipt,
  context: LandingContext,
  reason: string,
  difference: string | null
): Promise<LoadRecord> {
  return context.connection.transaction(() =>
    recordLoad(context.connection, {
      receipt,
      runId: context.runId,
      layout: null,
      layoutVersion: libraryVersion(context.layouts),
      issuedAt: null,
      outcome: "refused",
      reason,
      difference
    })
  );
}

async function land(receipt: Receipt, context: LandingContext): Promise<LoadRecord> {
  const path = snapshotPath(context.snapshots, receipt);
  const inspection = await inspectFile(path);
  if (inspection.unreadable !== null) throw new Refusal(inspection.unreadable);
  const {layout, headerLine} = recogniseReceipt(receipt, inspection, context.layouts);
  if (layout.meter === "given" && receipt.meter_point_id === null)
    throw new Refusal(
      `the file does not name its meter: say which with --meter-point, or put it in an inbox folder named for the meter`
    );
  const reading = {path, receipt, inspection, layout, compiled: compileLayout(layout), headerLine};
  const issuedAt = await issueTime(context.connection, reading);
  const counts = await stage(reading, context);
  return context.connection.transaction(async () => {
    const record = await recordLoad(context.connection, {
      receipt,
      runId: context.runId,
      layout: layout.name,
      layoutVersion: layoutVersion(layout),
      issuedAt,
      outcome: "landed",
      reason: null,
      difference: null,
      counts
    });
    await landRows(context.connection, record.load_id, layout.clock === "utc" || counts.isRepeated);
    return readLoad(context.connection, record.load_id);
  });
}

interface Reading {
  readonly path: string;
  readonly receipt: Receipt;
  readonly inspection: Inspection;
  readonly layout: Layout;
  readonly compiled: CompiledLayout;
  readonly headerLine: number;
}

function recogniseReceipt(
  receipt: Receipt,
  inspection: Inspection,
  layouts: ReadonlyMap<string, Layout>
): {layout: Layout; headerLine: number} {
  const candidates =
    receipt.layout === null
      ? [...layouts.values()].filter(({feed}) => feed === receipt.feed)
      : [layouts.get(receipt.layout)].filter(layout => layout !== undefined);
  if (candidates.length === 0) throw new Refusal(`no layout is named: ${receipt.layout ?? receipt.feed}`);
  const recognition = recognise(separator => headRecordsOf(inspection.head, separator), candidates);
  if ("reason" in recognition) throw new Refusal(recognition.reason, recognition.difference);
  return recognition;
}

async function issueTime(
  connection: Connection,
  {layout, receipt, inspection, headerLine}: Reading
): Promise<Date | null> {
  const {issued} = layout;
  if (issued === "never") return null;
  const text =
    "preamble" in issued
      ? inspection.head
          .split(/\r\n|\n|\r/)
          .slice(0, headerLine - 1)
          .join("\n")
      : receipt.file_name;
  const found = new RegExp("preamble" in issued ? issued.preamble : issued.file_name).exec(text)?.[1];
  if (found === undefined) throw new Refusal(`the layout ${layout.name} says when it was issued; this file does not`);
  const {at} = await connection.row<{at: Date | null}>("select try_strptime($1, $2) as at", [found, issued.format]);
  if (at === null) throw new Refusal(`when it was issued cannot be read: ${found}`);
  return at;
}

interface Staged extends RowCounts {
  /** Whether some meter and day stand in more than one row. */
  readonly isRepeated: boolean;
}

/** First the quick way, over the bytes as they are; where a row or the control total fails, again with line numbers and rejects. */
async function stage(reading: Reading, context: LandingContext): Promise<Staged> {
  if (!reading.compiled.needsLines) {
    const staged = await stageQuickly(reading, context).catch(error => {
      if (!isOfTheFile(error)) throw error;
      return null;
    });
    if (staged !== null) return staged;
  }
  return stageWithLines(reading, context);
}

async function stageQuickly(reading: Reading, context: LandingContext): Promise<Staged | null> {
  const {connection} = context;
  const {inspection, headerLine, layout} = reading;
  const readable = inspection.isClean ? reading.path : join(context.scratch, "readable.csv");
  try {
    if (!inspection.isClean)
      await writeReadable(reading.path, readable, {
        encoding: inspection.encoding,
        separator: layout.separator,
        numberFrom: null
      });
    await judge(reading, context, readable, {skip: headerLine, isNumbered: false});
  } finally {
    if (!inspection.isClean) await rm(readable, {force: true});
  }
  const counts = await countRows(connection, 0);
  const expected = inspection.lines - headLinesBefore(inspection.head, headerLine);
  const isWhole = inspection.hasQuotes ? counts.rows_read <= expected : counts.rows_read === expected;
  if (!isWhole || counts.rows_rejected > 0 || (await hasRepeats(connection))) return null;
  return {...counts, isRepeated: false};
}

const headLinesBefore = (head: string, headerLine: number) =>
  head
    .split(/\r\n|\n|\r/)
    .slice(0, headerLine)
    .filter(line => line.replace(/^\ufeff/, "") !== "").length;

async function stageWithLines(reading: Reading, context: LandingContext): Promise<Staged> {
  const {connection} = context;
  const numbered = join(context.scratch, "numbered.csv");
  try {
    const {records} = await writeReadable(reading.path, numbered, {
      encoding: reading.inspection.encoding,
      separator: reading.layout.separator,
      numberFrom: reading.headerLine
    });
    await clearStage(connection);
    await judge(reading, context, numbered, {skip: 0, isNumbered: true});
    await setAsideUnread(connection, reading);
    await setAsideRepeats(connection, reading.layout.shape.rows === "day");
    const counts = await countRows(connection, records);
    const judged = counts.rows_read;
    if (judged !== records) throw new Refusal(`control total: the file holds ${records} rows and ${judged} were read`);
    return {...counts, isRepeated: true};
  } finally {
    await rm(numbered, {force: true});
  }
}

/** Makes the temporary relations source_rows, identifiers, judged_rows and set_aside for one file. */
async function judge(
  {layout, compiled, receipt}: Reading,
  {connection}: LandingContext,
  path: string,
  reader: {skip: number; isNumbered: boolean}
): Promise<void> {
  const given = layout.meter === "given" ? [receipt.meter_point_id] : [];
  await connection.run(`create or replace temp table source_rows as ${compiled.sourceRows(reader)}`, [path, ...given]);
  await connection.run(
    "create or replace temp table identifiers (meter_text varchar, meter_key varchar, problem varchar)"
  );
  const texts = await connection.rows<{meter_text: string}>("select distinct meter_text from source_rows");
  const parsed = texts.map(({meter_text}) => ({meter_text, ...parsedMeter(layout, meter_text)}));
  await connection.run(
    `insert into identifiers select r.meter_text, r.key, r.problem
     from (select unnest(from_json($1::json, '[{"meter_text":"VARCHAR","key":"VARCHAR","problem":"VARCHAR"}]')) as r)`,
    [JSON.stringify(parsed)]
  );
  await connection.run(`create or replace temp table judged_rows as ${compiled.judgedRows}`, [latestDate(receipt)]);
  await connection.run(
    "create or replace temp table set_aside (line bigint, rule varchar, value varchar, outcome varchar)"
  );
  await connection.run(`create or replace temp view placed_rows as ${compiled.placedRows}`);
}

function parsedMeter(layout: Layout, text: string): MeterKey {
  return layout.meter === "given" ? {key: text} : parseMeterKey(layout.meter.kind, text);
}

/** A reading cannot be of a day after the one it was received on; one day's grace for the clock. */
function latestDate(receipt: Receipt): string {
  return new Date(Date.parse(receipt.received_at) + 86_400_000).toISOString().slice(0, 10);
}

async function countRows(connection: Connection, records: number): Promise<RowCounts> {
  return connection
    .row<RowCounts & {records: number}>(
      `with
    unread as (select count(distinct line)::double as lines from set_aside where rule = 'row shape'),
    rows as (
      select
        count(*)::double as judged,
        (count(*) filter (is_dropped))::double as dropped,
        (count(*) filter (broken_rule is not null))::double as broken,
        (count(*) filter (not is_dropped and broken_rule is null and is_empty))::double as empty,
        (count(*) filter (is_mended and broken_rule is null))::double as mended,
        coalesce(sum(len(broken_cells)) filter (broken_rule is null and not is_dropped), 0)::double as cells
      from judged_rows
    ),
    repeats as (
      select
        (count(*) filter (rule = 'repeated'))::double as rejected,
        (count(*) filter (rule = 'duplicate'))::double as duplicate
      from set_aside
    )
    select
      judged + lines as rows_read,
      broken + lines + repeats.rejected as rows_rejected,
      dropped as rows_dropped,
      empty as rows_empty,
      duplicate as rows_duplicate,
      mended as rows_mended,
      cells as cells_rejected,
      rows_read - rows_rejected - rows_dropped - rows_empty - rows_duplicate as rows_landed
    from unread, rows, repeats`
    )
    .then(counts => ({...counts, records}));
}

async function hasRepeats(connection: Connection): Promise<boolean> {
  const {has} = await connection.row<{has: boolean}>(
    `select count(*) > (select count(*) from (select distinct meter_key, channel, unit, source_date, half_hour from judged_rows where is_good)) as has
     from judged_rows where is_good`
  );
  return has;
}

/** Rows that DuckDB's reader could not take, each once, with the first thing wrong in it. */
async function setAsideUnread(connection: Connection, {layout}: Reading): Promise<void> {
  await connection.run(
    `insert into set_aside
     select
       try_cast(split_part(csv_line, $1, 1) as bigint) as row_line,
       'row shape',
       left(arg_min(error_message, column_idx), 200),
       'rejected'
     from reject_errors
     group by csv_line, row_line`,
    [layout.separator]
  );
}

async function setAsideRepeats(connection: Connection, isDay: boolean): Promise<void> {
  await connection.run(`insert into set_aside ${isDay ? repeatedDays : repeatedReadings}`);
}

/** The half-hours at which two rows of one day disagree although both are actual or both estimated. */
const clash = `len(list_filter(range(50), slot ->
    ((((earlier.present & ~earlier.estimated & later.present & ~later.estimated) | (earlier.estimated & later.estimated)) >> slot::ubigint) & 1) = 1
    and earlier.quantity[slot + 1] <> later.quantity[slot + 1])) > 0`;

const repeatedDays = `
  with good as (select * from judged_rows where is_good),
  clashes as (
    select earlier.line, min(later.line) as later_line
    from good earlier
    join good later using (meter_key, channel, unit, source_date)
    where earlier.line < later.line and ${clash}
    group by earlier.line
  ),
  ranked as (
    select line,
      (present & ~estimated & ~coalesce(bit_or(present & ~estimated) over later, 0)) = 0
        and (estimated & ~bit_or(present & ~estimated) over day & ~coalesce(bit_or(present) over later, 0)) = 0 as adds_nothing
    from good anti join clashes using (line)
    window
      day as (partition by meter_key, channel, unit, source_date),
      later as (day order by line desc rows between unbounded preceding and 1 preceding)
  )
  select line, 'repeated', 'row ' || later_line || ' gives other readings for the same meter and day', 'rejected' from clashes
  union all
  select line, 'duplicate', null, 'duplicate' from ranked where adds_nothing`;

const repeatedReadings = `
  with ranked as (
    select line, reading, row_status,
      first_value(line) over best as best_line,
      first_value(reading) over best as best_reading,
      first_value(row_status) over best as best_status
    from judged_rows where is_good
    window best as (partition by meter_key, channel, unit, source_date, half_hour order by (row_status = 'actual') desc, line desc)
  )
  select line,
    case when reading = best_reading or row_status <> best_status then 'duplicate' else 'repeated' end as rule,
    case rule when 'repeated' then reading || ', but row ' || best_line || ' says ' || best_reading end,
    case rule when 'repeated' then 'rejected' else 'duplicate' end
  from ranked where line <> best_line`;

async function landRows(connection: Connection, loadId: number, isMerged: boolean): Promise<void> {
  if (isMerged) {
    await connection.run(
      `create or replace temp table landing as select meter_key as meter, channel, unit, settlement_date, quantity, present, estimated, coalesce(line, 0) as precedence from placed_rows`
    );
  }
  await connection.run(
    `insert into raw.meter_days
     select $1::integer, ${isMerged ? "meter" : "meter_key"}, channel, unit, settlement_date, quantity, present, estimated
     from ${isMerged ? "merge_half_hours('landing')" : "placed_rows"}`,
    [loadId]
  );
  await connection.run(
    `insert into ops.rejects
     select $1::integer, line, broken_rule, left(broken_value, 300), 'rejected' from judged_rows where broken_rule is not null
     union all
     select $1::integer, line, 'cell', left(unnest(broken_cells), 300), 'rejected' from judged_rows where broken_rule is null and not is_dropped
     union all
     select $1::integer, line, rule, value, outcome from set_aside where outcome = 'rejected'
     union all
     select $1::integer, line, 'daily sequence', date_text || ' read as ' || source_date || ': day and month were exchanged', 'mended' from judged_rows where is_mended and broken_rule is null`,
    [loadId]
  );
  await connection.run(
    `update ops.loads
     set meter_days = landed.meter_days, reads = landed.reads, first_date = landed.first_date, last_date = landed.last_date
     from (
       select count(*) as meter_days, coalesce(sum(bit_count(present)), 0) as reads, min(settlement_date) as first_date, max(settlement_date) as last_date
       from raw.meter_days where load_id = $1
     ) as landed
     where load_id = $1`,
    [loadId]
  );
}

async function clearStage(connection: Connection): Promise<void> {
  await connection.run("drop view if exists placed_rows");
  for (const table of [
    "source_rows",
    "identifiers",
    "judged_rows",
    "set_aside",
    "landing",
    "reject_errors",
    "reject_scans"
  ])
    await connection.run(`drop table if exists temp.${table}`);
}
