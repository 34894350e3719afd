import {rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import type {Inspection} from "../archive/inspect.ts";
import type {Reader} from "../archive/reader/reader.ts";
import {latestDate, type Receipt} from "../archive/receipts.ts";
import type {Migration} from "../council/market-migrations.ts";
import {recordsText} from "../domain/csv.ts";
import {type MeterKey, parseMeterKey} from "../domain/meter-points.ts";
import {FeedError} from "../errors.ts";
import type {CompiledLayout} from "../layouts/compile/compile.ts";
import type {Outside} from "../layouts/compile/source-rows.ts";
import {columnsOf, type Layout} from "../layouts/layout.ts";
import type {Unfolded} from "../sources/text/unfolded.ts";
import type {Connection, SqlValues} from "../warehouse/connection.ts";
import {insertRows} from "../warehouse/insert-rows.ts";
import {refuseContradictions} from "./contradictions.ts";
import {countRows} from "./count-rows.ts";
import type {Ledger, RowCounts} from "./ledger.ts";
import {type Misshapen, writeReadable} from "./prepare.ts";
import {repeatedDays, repeatedReadings} from "./repeats.ts";
import type {Tries} from "./tries.ts";

/** Where a snapshot is read from and what it may be. */
export interface LandingContext {
  readonly connection: Connection;
  readonly snapshots: string;
  readonly scratch: string;
  readonly layouts: ReadonlyMap<string, Layout>;
  readonly runId: number;
  readonly ledger: Ledger;
  /** Under which registrations become pseudonyms. */
  readonly pseudonymKey: string;
  /** The council's ONS code, of which rows of national statistics are wanted; null where it gives none. */
  readonly areaCode: string | null;
  /** Supplies that have moved to market-wide settlement. */
  readonly migrations: readonly Migration[];
  /** What opens files that are no plain text; without it, the reader of this process. */
  readonly reader?: Reader;
  /** Which files are being read and which were too much; without it, none is noted. */
  readonly tries?: Tries;
  /** Whether the disk has room, so that what ended for want of it was the file's doing; without it, it has. */
  readonly hasRoom?: () => Promise<boolean>;
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
  /** The rows that were made of a file: of several kinds of record, where its layout unfolds it, or of tables that are no plain one. */
  readonly unfolded: Unfolded | null;
  /** What stands outside the table, by the names that the layout gives. */
  readonly outside: Outside;
}

/** The judged rows of one file, counted. */
export interface Staged extends RowCounts {
  /** Whether some meter and day stand in more than one row. */
  readonly isRepeated: boolean;
}

/** Judges each row of a file with its line number, and sets aside those of which nothing lands, each with the rule it breaks. */
export async function stageWithLines(reading: Reading, context: LandingContext): Promise<Staged> {
  const {connection} = context;
  const numbered = join(context.scratch, "numbered.csv");
  try {
    const {records, misshapen} = await writeNumbered(reading, numbered);
    await clearStage(connection);
    await judge(reading, context, numbered);
    await setAsideUnread(connection, reading, misshapen);
    await setAsideRepeats(connection, reading.layout.shape.rows === "day");
    const {strayParts, longRows} = reading.compiled;
    for (const aside of [strayParts, longRows.restarts])
      if (aside !== null) await connection.run(`insert into set_aside ${aside}`);
    await refuseContradictions(reading, connection);
    const {rows_keyed, rows_good, ...counts} = await countRows(connection, {judged: "judged_rows", aside: "set_aside"});
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
async function judge(reading: Reading, context: LandingContext, path: string): Promise<void> {
  const {connection} = context;
  const {compiled, layout, meterText} = reading;
  const given = isMeterOfFile(layout) ? [meterText] : [];
  const source = compiled.sourceRows({skip: 0, isNumbered: true});
  await connection.run(`create or replace temp table source_rows as ${source}`, [path, ...given]);
  await identify(connection, layout, "select distinct meter_text from source_rows");
  await prepareJudging(reading, context);
  await connection.run(`create or replace temp table judged_rows as ${compiled.judgedRows}`);
  await connection.run(
    "create or replace temp table set_aside (line bigint, rule varchar, value varchar, outcome varchar)"
  );
  if (compiled.placedRows !== null)
    await connection.run(`create or replace temp view placed_rows as ${compiled.placedRows}`);
}

/** Whether a file is of one meter, which no column names. */
export const isMeterOfFile = ({meter}: Layout) => meter === "given" || !("column" in meter);

/** Makes the temporary table `identifiers`: what each text that names a meter is the key of, or why it is none. */
export async function identify(
  connection: Connection,
  layout: Layout,
  texts: string,
  values: SqlValues = []
): Promise<void> {
  const named = await connection.rows<{meter_text: string}>(texts, values);
  await connection.run(
    "create or replace temp table identifiers (meter_text varchar, meter_key varchar, problem varchar)"
  );
  const parsed = named.map(({meter_text}) => ({meter_text, ...keyOf(layout, meter_text)}));
  await insertRows(connection, "identifiers", {meter_text: "VARCHAR", key: "VARCHAR", problem: "VARCHAR"}, parsed, {
    meter_text: "r.meter_text",
    meter_key: "r.key",
    problem: "r.problem"
  });
}

/** What judging asks of besides the file: the last date that may be, and meters that have moved to another clock. */
export async function prepareJudging({layout, receipt}: Reading, context: LandingContext): Promise<void> {
  const {connection, migrations} = context;
  await connection.run(`set variable latest_date = date '${latestDate(receipt)}'`);
  await loadMigrations(connection, layout, migrations);
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
    "create or replace temp table migrations (meter_key varchar, migrated_on date, clock_after varchar)"
  );
  await insertRows(
    connection,
    "migrations",
    {meter_key: "VARCHAR", migrated_on: "DATE", clock_after: "VARCHAR"},
    moved.map(({meter_point_id, migrated_on, clock_after}) => ({meter_key: meter_point_id, migrated_on, clock_after}))
  );
}

/** The key of the meter that a text names, by a layout. */
export function keyOf(layout: Layout, text: string): MeterKey {
  return layout.meter === "given" ? {key: text} : parseMeterKey(layout.meter.kind, text);
}

/** Rows that DuckDB's reader could not take, each once, with the first thing wrong in it. */
async function setAsideUnread(
  connection: Connection,
  {layout}: Reading,
  misshapen: readonly Misshapen[]
): Promise<void> {
  await insertRows(connection, "set_aside", {line: "BIGINT", why: "VARCHAR"}, misshapen, {
    line: "r.line",
    rule: "'row shape'",
    value: "r.why",
    outcome: "'rejected'"
  });
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
