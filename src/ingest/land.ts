import {createHash} from "node:crypto";
import {readFile} from "node:fs/promises";
import {type Inspection, inspectFile} from "../archive/inspect.ts";
import {withPlainFile} from "../archive/plain-file.ts";
import {byHand, type Receipt, snapshotPath} from "../archive/snapshots.ts";
import type {Migration} from "../council/market-migrations.ts";
import {isFatal, messageOf} from "../errors.ts";
import {compileLayout} from "../layouts/compile/compile.ts";
import {type Form, formatOf, headedAs, layoutOf} from "../layouts/form-of.ts";
import {columnsOf, type Layout} from "../layouts/layout.ts";
import {headRecordsOf} from "../layouts/recognise.ts";
import {recordFormats} from "../sources/formats.ts";
import type {FileStart} from "../sources/text/file-start.ts";
import type {Unfolded} from "../sources/text/unfolded.ts";
import {unfolders} from "../sources/unfolders.ts";
import type {Connection} from "../warehouse/connection.ts";
import {landRecords} from "./land-records.ts";
import {type LoadRecord, readLoad, recordLoad} from "./ledger.ts";
import {clearStage, type LandingContext, type Reading, Refusal, stage} from "./stage.ts";

/**
 * Reads one snapshot by its layout, judges its rows and lands the good ones with their ledger row in one transaction. A snapshot that cannot be
 * read is recorded as refused, with the reason. Errors that mean the warehouse itself has failed are thrown.
 */
export async function landReceipt(receipt: Receipt, context: LandingContext): Promise<LoadRecord> {
  try {
    return await land(receipt, context);
  } catch (error) {
    if (isFatal(error)) throw error;
    const difference = error instanceof Refusal ? error.difference : null;
    return refuse(receipt, context, reasonOf(error), difference);
  } finally {
    await clearStage(context.connection);
  }
}

/** Counted up when the compiler reads the same layout otherwise than before, so that a replay reads the archive again. */
const readingVersion = 1;

/** Changes when the meaning that canopy gives to a layout's bytes changes, by the layout or by meters having moved to another clock. */
export function layoutVersion(layout: Layout, migrations: readonly Migration[] = []): string {
  const moved = migrations.filter(({clock_before}) => clock_before === layout.clock);
  return createHash("sha256")
    .update(JSON.stringify([readingVersion, layout, ...(moved.length === 0 ? [] : [moved])]))
    .digest("hex")
    .slice(0, 16);
}

/** Changes when any layout or format does: a refused file is tried again then. */
export function libraryVersion(layouts: ReadonlyMap<string, Layout>): string {
  return createHash("sha256")
    .update(
      [...layouts.values()]
        .map(layout => layoutVersion(layout))
        .sort()
        .join()
    )
    .update(JSON.stringify([...recordFormats.values()].map(({name, version}) => [name, version])))
    .digest("hex")
    .slice(0, 16);
}

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
  const kept = {path: snapshotPath(context.snapshots, receipt), fileName: receipt.file_name, part: receipt.part};
  return withPlainFile(kept, context.scratch, ({path, fileName}) => landPlain(path, fileName, receipt, context));
}

async function landPlain(
  path: string,
  fileName: string,
  receipt: Receipt,
  context: LandingContext
): Promise<LoadRecord> {
  const inspection = await inspectFile(path);
  if (inspection.unreadable !== null) throw new Refusal(inspection.unreadable);
  const form = formOfReceipt({fileName, head: inspection.head}, receipt, context.layouts);
  if ("format" in form) return landRecords({path, fileName}, receipt, {inspection, format: form.format}, context);
  const {layout: known, columns: layout, headerLine} = form;
  const above = rowsAbove(inspection, layout, headerLine);
  if (above > 0)
    throw new Refusal(`${above} ${above === 1 ? "row stands" : "rows stand"} above the header in row ${headerLine}`);
  const meterText = meterTextOf(layout, {fileName, meterPointId: receipt.meter_point_id}, inspection, headerLine);
  const unfolded = await unfoldedBy(layout, path, inspection);
  const migrated = context.migrations.flatMap(({clock_before, clock_after}) =>
    clock_before === layout.clock ? [clock_after] : []
  );
  const reading = {
    path,
    fileName,
    receipt,
    inspection,
    layout,
    compiled: compileLayout(layout, migrated),
    headerLine,
    meterText,
    unfolded
  };
  const issuedAt = await issueTime(context.connection, reading);
  const counts = await stage(reading, context);
  return context.connection.transaction(async () => {
    const record = await recordLoad(context.connection, {
      receipt,
      runId: context.runId,
      layout: layout.name,
      layoutVersion: layoutVersion(known, context.migrations),
      issuedAt,
      outcome: "landed",
      reason: null,
      difference: null,
      counts
    });
    await landRows(
      context.connection,
      record.load_id,
      [layout.clock, ...migrated].includes("utc") || counts.isRepeated
    );
    if (counts.rows_rejected + counts.cells_rejected + counts.rows_mended > 0)
      await landRejects(context.connection, record.load_id);
    return readLoad(context.connection, record.load_id);
  });
}

/** The form that was named when a file came; else the one that it is found to be in, among those of its feed. */
function formOfReceipt(
  start: FileStart,
  receipt: Receipt,
  layouts: ReadonlyMap<string, Layout>
): Exclude<Form, {readonly reason: string}> {
  const form = receipt.layout === null ? foundForm(start, receipt, layouts) : namedForm(start, receipt.layout, layouts);
  if (form === null) throw new Refusal(noForm(receipt));
  if (!("reason" in form)) return form;
  if (!form.isSeveral && /^\s*[{[]/.test(start.head))
    throw new Refusal("an answer in JSON that holds none of the data that is known: an error, or of another service");
  throw new Refusal(form.reason, form.difference);
}

function namedForm(start: FileStart, name: string, layouts: ReadonlyMap<string, Layout>): Form | null {
  const [format, layout] = [recordFormats.get(name), layouts.get(name)];
  if (format !== undefined) return {format};
  if (layout === undefined) return null;
  return layout.unfold === undefined ? headedAs(start.head, [layout]) : {layout, columns: layout, headerLine: 0};
}

/** A file by hand that no form fitted when it came was given a feed without being asked: any layout may have come to fit it since. */
function foundForm(start: FileStart, {feed, origin}: Receipt, layouts: ReadonlyMap<string, Layout>): Form | null {
  const format = formatOf(start);
  if (format !== null) return format;
  const all = [...layouts.values()];
  const ofFeed = all.filter(layout => layout.feed === feed);
  const first = ofFeed.length > 0 ? layoutOf(start, ofFeed) : null;
  if (origin !== byHand || (first !== null && "layout" in first)) return first;
  const any = layoutOf(start, all);
  return "layout" in any ? any : first;
}

function noForm({feed, layout}: Receipt): string {
  if (layout !== null) return `no layout is named: ${layout}`;
  const forms = [...recordFormats.values()].filter(format => format.feed === feed).map(({name}) => name);
  return `none of the forms known for ${feed}: ${forms.join(", ")}`;
}

/** What names the meter of a file in which no column does. */
function meterTextOf(
  {meter, name}: Layout,
  {fileName, meterPointId}: {readonly fileName: string; readonly meterPointId: string | null},
  inspection: Inspection,
  headerLine: number
): string | null {
  if (meter === "given") {
    if (meterPointId !== null) return meterPointId;
    throw new Refusal(
      "the file does not name its meter: say which with --meter-point, or put it in an inbox folder named for the meter"
    );
  }
  if ("column" in meter) return null;
  const found =
    "file_name" in meter
      ? new RegExp(meter.file_name).exec(fileName)?.[1]
      : new RegExp(meter.preamble).exec(preambleOf(inspection, headerLine))?.[1];
  if (found === undefined)
    throw new Refusal(
      `the layout ${name} finds the meter in the ${"file_name" in meter ? "file's name" : "lines above the header"}; it is not there`
    );
  return found;
}

const preambleOf = ({head}: Inspection, headerLine: number) =>
  linesOf(head)
    .slice(0, Math.max(0, headerLine - 1))
    .join("\n")
    .slice(0, preambleLength);

const linesOf = (text: string) => text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);

async function unfoldedBy({unfold}: Layout, path: string, {encoding}: Inspection): Promise<Unfolded | null> {
  const unfolder = unfold === undefined ? undefined : unfolders[unfold];
  if (unfolder === undefined) return null;
  return unfolder.unfold(new TextDecoder(encoding).decode(await readFile(path)));
}

/** Lines above the header that are shaped like its rows and mostly filled: readings that would be passed over. */
function rowsAbove({head}: Inspection, layout: Layout, headerLine: number): number {
  const cells = columnsOf(layout).length;
  const above = headRecordsOf(head, layout.separator).filter(({line}) => line < headerLine);
  return above.filter(
    record => record.cells.length === cells && record.cells.filter(cell => cell.trim() !== "").length > cells / 2
  ).length;
}

/** A sender's clock, or its zone, may be a day ahead of ours. */
const graceMilliseconds = 86_400_000;

/** How much of a preamble is searched for the issue time. */
const preambleLength = 8000;

async function issueTime(connection: Connection, reading: Reading): Promise<Date | null> {
  const {layout, receipt} = reading;
  const {issued} = layout;
  if (issued === "never") return null;
  const found = stampOf(reading, issued);
  if (found === undefined && "is_optional" in issued && issued.is_optional) return null;
  if (found === undefined) throw new Refusal(`the layout ${layout.name} says when it was issued; this file does not`);
  const {at} = await connection.row<{at: Date | null}>("select timezone('Europe/London', try_strptime($1, $2)) as at", [
    found,
    "unfolded" in issued ? issued.unfolded : issued.format
  ]);
  if (at === null) throw new Refusal(`when it was issued cannot be read: ${found}`);
  if (at.getTime() > Date.parse(receipt.received_at) + graceMilliseconds)
    throw new Refusal(`it says that it was issued after it was received: ${found}`);
  return at;
}

function stampOf(
  {inspection, fileName, headerLine, unfolded}: Reading,
  issued: Exclude<Layout["issued"], "never">
): string | undefined {
  if ("unfolded" in issued) return unfolded?.issued ?? undefined;
  if ("file_name" in issued) return new RegExp(issued.file_name).exec(fileName)?.[1];
  return new RegExp(issued.preamble).exec(preambleOf(inspection, headerLine))?.[1];
}

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

async function landRejects(connection: Connection, loadId: number): Promise<void> {
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
}
