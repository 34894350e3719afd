import {type Inspection, inspectFile} from "../archive/inspect.ts";
import type {PlainFile} from "../archive/plain-file.ts";
import {byHand, type Receipt} from "../archive/receipts.ts";
import {cellsOf, recordsOf} from "../domain/csv.ts";
import {compileLayout} from "../layouts/compile/compile.ts";
import {isDate} from "../layouts/draft/dates.ts";
import {type Form, formatOf, headedAs, layoutOf} from "../layouts/form-of.ts";
import {mayBeList, tableOfJson} from "../layouts/json-table.ts";
import {columnsOf, isReshaped, type Layout} from "../layouts/layout.ts";
import {outsideOf} from "../layouts/outside.ts";
import {isReactive, quantityCode, reactiveWords} from "../layouts/quantity-outside.ts";
import {hasEach, headRecordsOf, isDateOf, isRowOf, type Recognition} from "../layouts/recognise.ts";
import {reshape} from "../layouts/reshape.ts";
import {recordFormats} from "../sources/formats.ts";
import type {RecordFormat} from "../sources/record-format.ts";
import type {FileStart} from "../sources/text/file-start.ts";
import {unfolders} from "../sources/unfolders.ts";
import type {Connection} from "../warehouse/connection.ts";
import {several} from "../wording/numbers.ts";
import {type LandingContext, type Reading, Refusal} from "./stage.ts";
import {textPieces, wholeText} from "./whole-text.ts";

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
  const text = async () => (await wholeText(path, inspection.encoding)).replaceAll("\0", "");
  const table = await listedTable({fileName, head: inspection.head}, text);
  const start = {fileName, head: table ?? inspection.head};
  const form = formOfReceipt(start, receipt, layouts);
  if ("format" in form) return {format: form.format, inspection};
  const {layout: known, headerLine} = form;
  refuseRowsAbove(start, form.columns, headerLine);
  if (table === null && form.columns.unfold === undefined) refuseCut(inspection, form.columns, headerLine);
  if (table === null) refuseOtherQuantity(start, form.columns, headerLine);
  const pieces = () => textPieces(path, inspection.encoding, preambleLength);
  const shaped = await shapedBy(form, start, table, {text, pieces});
  const {layout, unfolded, outside} = shaped;
  const meterText = meterTextOf(layout, {fileName, meterPointId: receipt.meter_point_id}, start, headerLine);
  const migrated = migrations.flatMap(({clock_before, clock_after}) =>
    clock_before === layout.clock ? [clock_after] : []
  );
  const compiled = compileLayout(layout, migrated, outside);
  const reading = {path, fileName, receipt, inspection, layout, compiled, headerLine, meterText, unfolded, outside};
  return {reading, known, issuedAt: await issueTime(connection, reading)};
}

/** A last line without a line end was cut where cells of it are missing, or its last number lacks decimals that all others have. */
function refuseCut({unended, head, lines}: Inspection, layout: Layout, headerLine: number): void {
  if (unended.trim() === "" || lines < 3 || layout.footers.some(pattern => new RegExp(pattern, "i").test(unended)))
    return;
  const cells = cellsOf(unended, layout.separator);
  const rows = headRecordsOf(head, layout.separator).filter(({line}) => line > headerLine);
  const whole = rows.filter(row => row.cells.length > 1 && row.cells.join() !== cells.join()).map(row => row.cells);
  const width = Math.max(...whole.map(row => row.length), 0);
  if (whole.length === 0) return;
  const [first = ""] = cells;
  const isRow =
    whole.some(row => (cells.length === 1 ? row[0]?.startsWith(first) : row[0] === first)) ||
    cells.some(cell => isDateOf(layout, cell));
  if (cells.length < width && isRow && !isReshaped(layout))
    throw new Refusal(`it is cut off in its last row, "${unended.slice(0, 60)}": ask for it again, or fetch it again`);
  const places = (cell: string) => /^-?\d+(?:\.(\d*))?$/.exec(cell.trim())?.[1]?.length ?? 0;
  const last = cells.at(-1)?.trim() ?? "";
  const others = [...whole.map(row => row[cells.length - 1] ?? ""), ...numbersBeside(layout, cells)].filter(cell =>
    /\d/.test(cell)
  );
  const usual = new Set(others.map(places));
  const [most = 0] = usual;
  if (usual.size === 1 && most > 0 && /^-?[\d.]+$/.test(last) && places(last) < most)
    throw new Refusal(
      `it is cut off in its last number, "${last}", which has fewer decimals than all others: ask for it again, or fetch it again`
    );
}

/** The other quantities of a row of half-hours. */
const numbersBeside = (layout: Layout, cells: readonly string[]) =>
  columnsOf(layout).flatMap(({holds}, at) => (holds === "quantity" && at < cells.length - 1 ? [cells[at] ?? ""] : []));

/** The table that a list of flat rows in JSON is, where no format and no unfolding knows the file; null where it is none. */
export async function listedTable(start: FileStart, text: () => Promise<string>): Promise<string | null> {
  if (!mayBeList(start.head)) return null;
  const isKnown = formatOf(start) !== null || Object.values(unfolders).some(({isOf}) => isOf(start));
  return isKnown ? null : tableOfJson(await text());
}

function refuseRowsAbove(inspection: Headed, layout: Layout, headerLine: number): void {
  const above = rowsAbove(inspection, layout, headerLine);
  if (above > 0)
    throw new Refusal(`${several(above, "row is", "rows are")} above the column headings in row ${headerLine}`);
}

/** What is said of all of a table, above it or by the name of its sheet, and its layout does not ask for: reactive energy, or export taken for import. */
function refuseOtherQuantity({fileName, head}: FileStart, layout: Layout, headerLine: number): void {
  const {channel, unit, name} = layout;
  if (!("is" in channel && "is" in unit)) return;
  const above = linesOf(preambleOf({head}, headerLine));
  const names = columnsOf(layout).map(({name: column}) => column);
  const code = quantityCode(above);
  const words = code === null ? reactiveWords(above, names, fileName) : `${code.key}, ${code.code}`;
  if (words === null) return;
  if (code === null || code.code.startsWith("R")) throw new Refusal(isReactive(words));
  const said = code.code === "AE" ? "export" : "import";
  if (said !== channel.is)
    throw new Refusal(
      `the lines above the table say that it is of ${said} ("${words}"), and the layout ${name} takes all for ${channel.is}: let the layout find it there ("outside", as in canopy layouts bryt --json)`
    );
}

/** Why a part of a workbook that holds no numbers is not read: there is nothing to read. */
export const wordsAlone = "no table: it holds words alone";

/** The form that was named when a file came; else the one that it is found to be in, among those of its feed. */
function formOfReceipt(
  start: FileStart,
  receipt: Receipt,
  layouts: ReadonlyMap<string, Layout>
): Exclude<Form, {readonly reason: string}> {
  const form = receipt.layout === null ? foundForm(start, receipt, layouts) : namedForm(start, receipt.layout, layouts);
  if (form !== null && !("reason" in form)) return form;
  if (receipt.part !== null && !holdsNumbers(start.head)) throw new Refusal(wordsAlone);
  if (form === null) throw new Refusal(noForm(receipt));
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

/** Whether a text may be a table of readings: one of its first lines has three numbers, or a number beside a date. */
export const holdsNumbers = (head: string) =>
  linesOf(head)
    .slice(0, linesLookedAt)
    .map(line => line.split(/[,;\t|]/).map(cell => cell.trim().replace(/^"(.*)"$/, "$1")))
    .some(cells => {
      const numbers = cells.filter(cell => /^-?[\d.,]*\d$/.test(cell)).length;
      return numbers >= 3 || (numbers > 0 && cells.length < 8 && cells.some(isDate));
    });

/** How many lines of a sheet are looked at for numbers. */
const linesLookedAt = 200;

/** A file by hand that no form fitted when it came was given a feed without being asked: any layout may have come to fit it since. */
export function foundForm(
  start: FileStart,
  {feed, origin}: Pick<Receipt, "feed" | "origin">,
  layouts: ReadonlyMap<string, Layout>
): Form | null {
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
  inspection: Headed,
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

type Headed = Pick<Inspection, "head">;

const preambleOf = ({head}: Headed, headerLine: number) =>
  linesOf(head)
    .slice(0, Math.max(0, headerLine - 1))
    .join("\n")
    .slice(0, preambleLength);

const linesOf = (text: string) => text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);

type Shaped = Pick<Reading, "layout" | "unfolded" | "outside">;

/** The layout of a file's rows, and the rows themselves where they have to be made first. */
async function shapedBy(
  {columns: layout, headerLine}: Extract<Recognition, {readonly layout: Layout}>,
  {fileName, head}: FileStart,
  table: string | null,
  {text, pieces}: {readonly text: () => Promise<string>; readonly pieces: () => AsyncIterable<string>}
): Promise<Shaped> {
  const unfolder = layout.unfold === undefined ? undefined : unfolders[layout.unfold];
  if (unfolder !== undefined) return {layout, unfolded: unfolder.unfold(await text()), outside: {}};
  if (isReshaped(layout)) return {...reshape(table ?? (await text()), layout, {fileName}), outside: {}};
  const above = preambleOf({head}, headerLine);
  if (table === null && speaksAbove(layout)) await refuseStacked(pieces(), layout, {above, headerLine});
  return {layout, unfolded: table === null ? null : rowsOf(table), outside: outsideOf(layout, {fileName, above})};
}

/** The rows of a table that was made of JSON, each with the number of its entry. */
const rowsOf = (table: string) => ({
  rows: recordsOf(table)
    .slice(1)
    .map((cells, index) => ({line: index + 1, cells})),
  misshapen: [],
  issued: null
});

/** Whether a layout finds something in the lines above its table. */
const speaksAbove = ({meter, outside}: Layout) =>
  (typeof meter === "object" && "preamble" in meter) || outside.some(({in: place}) => place === "lines above");

/** What stands above a table is of that table alone: where the like stands again below with other words, another begins. */
async function refuseStacked(
  pieces: AsyncIterable<string>,
  {meter, outside}: Layout,
  {above, headerLine}: {readonly above: string; readonly headerLine: number}
): Promise<void> {
  const patterns = [
    ...(typeof meter === "object" && "preamble" in meter ? [meter.preamble] : []),
    ...outside.filter(({in: place}) => place === "lines above").map(({matches}) => matches)
  ];
  const first = patterns.map(pattern => new RegExp(pattern, "im").exec(above)?.[1]);
  const tables = first.map(words => new Set([words]));
  let isFirstPiece = true;
  for await (const piece of pieces) {
    const below = isFirstPiece ? linesOf(piece).slice(headerLine).join("\n") : piece;
    isFirstPiece = false;
    patterns.forEach((pattern, index) => {
      for (const found of below.matchAll(new RegExp(pattern, "gim"))) tables[index]?.add(found[1]);
    });
  }
  tables.forEach((words, index) => {
    if (words.size > 1)
      throw new Refusal(
        `${words.size} tables stand under one another in it, the next for "${[...words].find(other => other !== first[index])}": put "tables": "stacked" in the layout, and what is above each table under "outside"`
      );
  });
}

/** Rows above the header: readings that would be passed over. */
function rowsAbove({head}: Headed, layout: Layout, headerLine: number): number {
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
