import {rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import type {Inspection} from "../archive/inspect.ts";
import {latestDate, type Receipt} from "../archive/snapshots.ts";
import type {Migration} from "../council/market-migrations.ts";
import {cellsOf, recordsText} from "../domain/csv.ts";
import {type MeterKey, parseMeterKey} from "../domain/meter-points.ts";
import {FeedError, isFatal} from "../errors.ts";
import type {CompiledLayout} from "../layouts/compile/compile.ts";
import {columnsOf, type Layout} from "../layouts/layout.ts";
import type {Unfolded} from "../sources/text/unfolded.ts";
import type {Connection} from "../warehouse/connection.ts";
import {countRows} from "./count-rows.ts";
import type {RowCounts} from "./ledger.ts";
import {type Misshapen, writeReadable} from "./prepare.ts";
import {repeatedDays, repeatedReadings} from "./repeats.ts";

/** Where a snapshot is read from and what it may be. */
export interface LandingContext {
  readonly connection: Connection;
  readonly snapshots: string;
  readonly scratch: string;
  readonly layouts: ReadonlyMap<string, Layout>;
  readonly runId: number;
  readonly now: Date;
  /** Under which registrations become pseudonyms. */
  readonly pseudonymKey: string;
  /** The council's ONS code, of which rows of national statistics are wanted; null where it gives none. */
  readonly areaCode: string | null;
  /** Supplies that have moved to market-wide settlement. */
  readonly migrations: readonly Migration[];
}

/** A file that is refused whole: nothing of it lands, its bytes stay in the archive. */
export class Refusal extends FeedError {
  readonly difference: string | null;
  constructor(reason: string, difference: string | null = null) {
    super(reason);
    this.difference = difference;
  }
}

/** One snapshot, recognised. */
export interface Reading {
  readonly path: string;
  readonly fileName: string;
  readonly receipt: Receipt;
  readonly inspection: Inspection;
  readonly layout: Layout;
  readonly compiled: CompiledLayout;
  readonly headerLine: number;
  /** What names the meter where no column does: said when it came, or found in the file's name or preamble. */
  readonly meterText: string | null;
  /** The rows of a file of several kinds of record, where its layout unfolds it. */
  readonly unfolded: Unfolded | null;
}

/** The judged rows of one file, counted. */
export interface Staged extends RowCounts {
  /** Whether some meter and day stand in more than one row. */
  readonly isRepeated: boolean;
}

/** First the quick way, over the bytes as they are; where a row or the control total fails, again with line numbers and rejects. */
export async function stage(reading: Reading, context: LandingContext): Promise<Staged> {
  if (!reading.compiled.needsLines && isPlain(reading)) {
    const staged = await stageQuickly(reading, context).catch(error => {
      if (isFatal(error)) throw error;
      return null;
    });
    if (staged !== null) return staged;
  }
  return stageWithLines(reading, context);
}

/** Whether DuckDB's reader would pass over nothing in the file: no hidden bytes or underscores in numbers, no cell after an empty last one. */
function isPlain({inspection, layout, headerLine, unfolded}: Reading): boolean {
  if (unfolded !== null) return unfolded.misshapen.length === 0;
  const cells = columnsOf(layout).length;
  const {openEnded, hasNumericUnderscore, hasNul} = inspection;
  if (hasNumericUnderscore || hasNul || openEnded === null) return false;
  const above = new Set(headLines(inspection.head).slice(0, headerLine));
  return openEnded.every(line => cellsOf(line, layout.separator).length === cells || above.has(line));
}

async function stageQuickly(reading: Reading, context: LandingContext): Promise<Staged | null> {
  const {connection} = context;
  const {inspection, headerLine, unfolded} = reading;
  const isAsItIs = unfolded === null && inspection.isClean;
  const readable = isAsItIs ? reading.path : join(context.scratch, "readable.csv");
  try {
    if (!isAsItIs) await writePlain(reading, readable);
    await judge(reading, context, readable, {skip: unfolded === null ? headerLine : 0, isNumbered: false});
  } finally {
    if (!isAsItIs) await rm(readable, {force: true});
  }
  const {rows_keyed, rows_good, ...counts} = await countRows(connection);
  const expected = unfolded?.rows.length ?? inspection.lines - headLinesBefore(inspection.head, headerLine);
  const mayRunOn = unfolded === null && inspection.hasQuotes;
  const isWhole = mayRunOn ? counts.rows_read <= expected : counts.rows_read === expected;
  if (!isWhole || counts.rows_rejected > 0 || rows_keyed < rows_good) return null;
  await connection.run(`create or replace temp view judged_rows as ${reading.compiled.provedRows}`);
  return {...counts, isRepeated: false};
}

/** Writes the rows of a file, without line numbers, as DuckDB's reader can take them. */
async function writePlain({path, inspection, layout, unfolded}: Reading, to: string): Promise<void> {
  const {separator} = layout;
  if (unfolded !== null) {
    await writeFile(
      to,
      recordsText(
        unfolded.rows.map(({cells}) => cells),
        separator
      ),
      {mode: 0o600}
    );
    return;
  }
  const cells = columnsOf(layout).length;
  await writeReadable(path, to, {encoding: inspection.encoding, separator, footers: [], cells, numberFrom: null});
}

const headLines = (head: string) => head.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
const headLinesBefore = (head: string, headerLine: number) =>
  headLines(head)
    .slice(0, headerLine)
    .filter(line => line !== "").length;

async function stageWithLines(reading: Reading, context: LandingContext): Promise<Staged> {
  const {connection} = context;
  const numbered = join(context.scratch, "numbered.csv");
  try {
    const {records, misshapen} = await writeNumbered(reading, numbered);
    await clearStage(connection);
    await judge(reading, context, numbered, {skip: 0, isNumbered: true});
    await setAsideUnread(connection, reading, misshapen);
    await setAsideRepeats(connection, reading.layout.shape.rows === "day");
    const {rows_keyed, rows_good, ...counts} = await countRows(connection);
    if (counts.rows_read !== records)
      throw new Refusal(`control total: the file holds ${records} rows and ${counts.rows_read} were read`);
    return {...counts, isRepeated: rows_keyed < rows_good};
  } finally {
    await rm(numbered, {force: true});
  }
}

/** Writes the rows of a file, each with the line it stands on first, and says of which lines no row could be made. */
async function writeNumbered(
  {path, inspection, layout, headerLine, unfolded}: Reading,
  to: string
): Promise<{records: number; misshapen: readonly Misshapen[]}> {
  const cells = columnsOf(layout).length;
  if (unfolded === null) {
    const {separator, footers} = layout;
    const read = {encoding: inspection.encoding, separator, footers, cells, numberFrom: headerLine};
    return writeReadable(path, to, read);
  }
  await writeFile(
    to,
    recordsText(
      unfolded.rows.map(row => [String(row.line), ...row.cells]),
      layout.separator
    ),
    {
      mode: 0o600
    }
  );
  return {records: unfolded.rows.length + unfolded.misshapen.length, misshapen: unfolded.misshapen};
}

/** Makes the temporary relations source_rows, identifiers, judged_rows and set_aside for one file. */
async function judge(
  {layout, compiled, receipt, meterText}: Reading,
  {connection, migrations}: LandingContext,
  path: string,
  reader: {skip: number; isNumbered: boolean}
): Promise<void> {
  const given = layout.meter === "given" || !("column" in layout.meter) ? [meterText] : [];
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
  await loadMigrations(connection, layout, migrations);
  await connection.run(`set variable latest_date = date '${latestDate(receipt)}'`);
  await connection.run(
    `create or replace temp ${reader.isNumbered ? "table" : "view"} judged_rows as ${compiled.judgedRows}`
  );
  await connection.run(
    "create or replace temp table set_aside (line bigint, rule varchar, value varchar, outcome varchar)"
  );
  await connection.run(`create or replace temp view placed_rows as ${compiled.placedRows}`);
}

/** The temporary table `migrations`, where meters of the layout have moved to another clock. */
async function loadMigrations(
  connection: Connection,
  {clock}: Layout,
  migrations: readonly Migration[]
): Promise<void> {
  const moved = migrations.filter(({clock_before}) => clock_before === clock);
  if (moved.length === 0) return;
  await connection.run(
    `create or replace temp table migrations as select g.*
     from (select unnest(from_json($1::json, '[{"meter_key":"VARCHAR","migrated_on":"DATE","clock_after":"VARCHAR"}]')) as g)`,
    [JSON.stringify(moved.map(({meter_point_id, ...others}) => ({meter_key: meter_point_id, ...others})))]
  );
}

function parsedMeter(layout: Layout, text: string): MeterKey {
  return layout.meter === "given" ? {key: text} : parseMeterKey(layout.meter.kind, text);
}

/** Rows that DuckDB's reader could not take, each once, with the first thing wrong in it. */
async function setAsideUnread(
  connection: Connection,
  {layout}: Reading,
  misshapen: readonly Misshapen[]
): Promise<void> {
  await connection.run(
    `insert into set_aside select r.line, 'row shape', r.why, 'rejected'
     from (select unnest(from_json($1::json, '[{"line":"BIGINT","why":"VARCHAR"}]')) as r)`,
    [JSON.stringify(misshapen)]
  );
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

/** Drops what staging made. */
export async function clearStage(connection: Connection): Promise<void> {
  await connection.run("drop view if exists placed_rows");
  await connection.run("drop view if exists temp.judged_rows").catch(() => {});
  await connection.run("drop table if exists temp.judged_rows").catch(() => {});
  for (const table of [
    "migrations",
    "source_rows",
    "identifiers",
    "set_aside",
    "landing",
    "reject_errors",
    "reject_scans"
  ])
    await connection.run(`drop table if exists temp.${table}`);
}
