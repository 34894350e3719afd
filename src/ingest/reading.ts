import {readFile} from "node:fs/promises";
import {type Inspection, inspectFile} from "../archive/inspect.ts";
import type {PlainFile} from "../archive/plain-file.ts";
import {byHand, type Receipt} from "../archive/snapshots.ts";
import {compileLayout} from "../layouts/compile/compile.ts";
import {type Form, formatOf, headedAs, layoutOf} from "../layouts/form-of.ts";
import {columnsOf, type Layout} from "../layouts/layout.ts";
import {headRecordsOf} from "../layouts/recognise.ts";
import {recordFormats} from "../sources/formats.ts";
import type {RecordFormat} from "../sources/record-format.ts";
import type {FileStart} from "../sources/text/file-start.ts";
import type {Unfolded} from "../sources/text/unfolded.ts";
import {unfolders} from "../sources/unfolders.ts";
import type {Connection} from "../warehouse/connection.ts";
import {several} from "../wording/numbers.ts";
import {type LandingContext, type Reading, Refusal} from "./stage.ts";

/** A snapshot, recognised: half-hours by a layout, with it as it is known, or records of a format. @throws Refusal */
export type Recognised =
  | {readonly reading: Reading; readonly known: Layout; readonly issuedAt: Date | null}
  | {readonly format: RecordFormat; readonly inspection: Inspection};

/** Says what a snapshot is, once, and how it is to be read. @throws Refusal where it cannot be. */
export async function recogniseReceipt(
  {path, fileName}: PlainFile,
  receipt: Receipt,
  {connection, layouts, migrations}: LandingContext
): Promise<Recognised> {
  const inspection = await inspectFile(path);
  if (inspection.unreadable !== null) throw new Refusal(inspection.unreadable);
  const form = formOfReceipt({fileName, head: inspection.head}, receipt, layouts);
  if ("format" in form) return {format: form.format, inspection};
  const {layout: known, columns: layout, headerLine} = form;
  refuseRowsAbove(inspection, layout, headerLine);
  const meterText = meterTextOf(layout, {fileName, meterPointId: receipt.meter_point_id}, inspection, headerLine);
  const unfolded = await unfoldedBy(layout, path, inspection);
  const migrated = migrations.flatMap(({clock_before, clock_after}) =>
    clock_before === layout.clock ? [clock_after] : []
  );
  const compiled = compileLayout(layout, migrated);
  const reading = {path, fileName, receipt, inspection, layout, compiled, headerLine, meterText, unfolded};
  return {reading, known, issuedAt: await issueTime(connection, reading)};
}

function refuseRowsAbove(inspection: Inspection, layout: Layout, headerLine: number): void {
  const above = rowsAbove(inspection, layout, headerLine);
  if (above > 0)
    throw new Refusal(`${several(above, "row is", "rows are")} above the column headings in row ${headerLine}`);
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
    throw new Refusal(
      "this JSON file holds no data that canopy reads: it may be an error message, or from another service"
    );
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
  const {at} = await connection.row<{at: Date | null}>("select british_clock(try_strptime($1, $2)) as at", [
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
