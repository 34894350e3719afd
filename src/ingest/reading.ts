import {readFile} from "node:fs/promises";
import {type Inspection, inspectFile} from "../archive/inspect.ts";
import type {PlainFile} from "../archive/plain-file.ts";
import {byHand, type Receipt} from "../archive/snapshots.ts";
import {compileLayout} from "../layouts/compile/compile.ts";
import {type Form, formatOf, headedAs, layoutOf} from "../layouts/form-of.ts";
import {isReshaped, type Layout} from "../layouts/layout.ts";
import {outsideOf} from "../layouts/outside.ts";
import {hasEach, headRecordsOf, isRowOf, type Recognition} from "../layouts/recognise.ts";
import {reshape} from "../layouts/reshape.ts";
import {recordFormats} from "../sources/formats.ts";
import type {RecordFormat} from "../sources/record-format.ts";
import type {FileStart} from "../sources/text/file-start.ts";
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
  const {layout: known, headerLine} = form;
  refuseRowsAbove(inspection, form.columns, headerLine);
  const shaped = await shapedBy(form, {path, fileName}, inspection);
  const {layout, unfolded, outside} = shaped;
  const meterText = meterTextOf(layout, {fileName, meterPointId: receipt.meter_point_id}, inspection, headerLine);
  const migrated = migrations.flatMap(({clock_before, clock_after}) =>
    clock_before === layout.clock ? [clock_after] : []
  );
  const compiled = compileLayout(layout, migrated, outside);
  const reading = {path, fileName, receipt, inspection, layout, compiled, headerLine, meterText, unfolded, outside};
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

type Shaped = Pick<Reading, "layout" | "unfolded" | "outside">;

/** The layout of a file's rows, and the rows themselves where they have to be made first. */
async function shapedBy(
  {columns: layout, headerLine}: Extract<Recognition, {readonly layout: Layout}>,
  {path, fileName}: PlainFile,
  inspection: Inspection
): Promise<Shaped> {
  const text = async () => new TextDecoder(inspection.encoding).decode(await readFile(path)).replaceAll("\0", "");
  const unfolder = layout.unfold === undefined ? undefined : unfolders[layout.unfold];
  if (unfolder !== undefined) return {layout, unfolded: unfolder.unfold(await text()), outside: {}};
  if (isReshaped(layout)) return {...reshape(await text(), layout, {fileName}), outside: {}};
  const above = preambleOf(inspection, headerLine);
  if (speaksAbove(layout)) refuseStacked(await text(), layout, {above, headerLine});
  return {layout, unfolded: null, outside: outsideOf(layout, {fileName, above})};
}

/** Whether a layout finds something in the lines above its table. */
const speaksAbove = ({meter, outside}: Layout) =>
  (typeof meter === "object" && "preamble" in meter) || outside.some(({in: place}) => place === "lines above");

/** What stands above a table is of that table alone: where the like stands again below with other words, another begins. */
function refuseStacked(
  text: string,
  {meter, outside}: Layout,
  {above, headerLine}: {readonly above: string; readonly headerLine: number}
): void {
  const patterns = [
    ...(typeof meter === "object" && "preamble" in meter ? [meter.preamble] : []),
    ...outside.filter(({in: place}) => place === "lines above").map(({matches}) => matches)
  ];
  const below = linesOf(text).slice(headerLine).join("\n");
  for (const pattern of patterns) {
    const first = new RegExp(pattern, "im").exec(above)?.[1];
    const others = [...below.matchAll(new RegExp(pattern, "gim"))].map(found => found[1]);
    const tables = new Set([first, ...others]).size;
    if (tables > 1)
      throw new Refusal(
        `${tables} tables stand under one another in it, the next for "${others.find(other => other !== first)}": put "tables": "stacked" in the layout, and what is above each table under "outside"`
      );
  }
}

/** Rows above the header: readings that would be passed over. */
function rowsAbove({head}: Inspection, layout: Layout, headerLine: number): number {
  const above = headRecordsOf(head, layout.separator).filter(({line}) => line < headerLine);
  return hasEach(layout) ? 0 : above.filter(({cells}) => isRowOf(layout, cells)).length;
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
