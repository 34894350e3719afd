import {rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {cellsOf, recordsText} from "../domain/csv.ts";
import type {OnePass} from "../layouts/compile/compile.ts";
import {columnsOf} from "../layouts/layout.ts";
import {headRecordsOf} from "../layouts/recognise.ts";
import {suspectedMeters} from "./contradictions.ts";
import {countRows} from "./count-rows.ts";
import {landedIn} from "./landed.ts";
import {type Landed, noRows, type RowCounts} from "./ledger.ts";
import {writeReadable} from "./prepare.ts";
import {identify, isMeterOfFile, keyOf, type LandingContext, prepareJudging, type Reading} from "./stage.ts";

/** How a file that lands without a reject is to be read. */
interface Way extends OnePass {
  /** What names the meter where no column does. */
  readonly given: readonly string[];
}

/**
 * Lands a file in one pass: its rows are judged as they are read, and the first that breaks a rule is an error. The table of days holds nothing of the
 * file where this returns null (it may hold rows to be rejected) or throws, once what was begun is undone by the caller.
 */
export async function landInOnePass(
  reading: Reading,
  days: string,
  loadId: number,
  context: LandingContext
): Promise<{counts: RowCounts; landed: Landed} | null> {
  if (reading.compiled.needsLines || !isPlain(reading)) return null;
  const way = wayOf(reading);
  if (way === null) return null;
  return withReadable(reading, context, async path => {
    await prepareJudging(reading, context);
    if (!way.isAsWritten)
      await identify(context.connection, reading.layout, reading.compiled.meterTexts(way.skip), [path]);
    await insertPlaced(reading, way, path, {days, loadId}, context);
    const {meters, keyed, ...landed} = await landedIn(context.connection, days, loadId);
    if (way.isAsWritten && !meters.every(meter => isKeyOfItself(reading, meter))) return null;
    if (await hasSuspects(context, days, loadId)) return null;
    const expected = rowsExpected(reading);
    const isRowForRow = reading.layout.shape.rows === "day" && !reading.compiled.comesInParts;
    const isAll = isRowForRow && landed.meter_days === expected && keyed === expected;
    const counts = isAll
      ? {...noRows, rows_read: expected, rows_landed: expected}
      : await provedCounts(reading, way, path, context);
    return counts === null ? null : {counts, landed};
  });
}

/** Whether some meter may hold a register, which is for the reading with line numbers to say. */
async function hasSuspects({connection}: LandingContext, days: string, loadId: number): Promise<boolean> {
  const suspected = suspectedMeters(`(select * from ${days} where load_id = ${loadId})`);
  const {suspects} = await connection.row<{suspects: number}>(
    `select count(*)::integer as suspects from (${suspected})`
  );
  return suspects > 0;
}

/** Puts the days of a file into a table; where they come in parts, the parts of a day are made one. */
async function insertPlaced(
  {compiled}: Reading,
  way: Way,
  path: string,
  {days, loadId}: {readonly days: string; readonly loadId: number},
  {connection}: LandingContext
): Promise<void> {
  const placed = compiled.placedInOnePass(way);
  const values = [path, ...way.given];
  const isInParts = compiled.comesInParts;
  if (isInParts)
    await connection.run(
      `create or replace temp table landing as
       select meter_key as meter, channel, unit, settlement_date, quantity, present, estimated, 0 as precedence from (${placed})`,
      values
    );
  await connection.run(
    `insert into ${days} (load_id, meter_key, channel, unit, settlement_date, quantity, present, estimated)
     select ${loadId}, ${isInParts ? "meter" : "meter_key"}, channel, unit, settlement_date, quantity, present, estimated
     from ${isInParts ? "merge_half_hours('landing')" : `(${placed})`}`,
    isInParts ? [] : values
  );
  if (isInParts) await connection.run("drop table landing");
}

/** Reads the file once more for what it holds besides rows that land; null where a row is lost, or two speak of the same half-hours. */
async function provedCounts(
  reading: Reading,
  way: Way,
  path: string,
  {connection}: LandingContext
): Promise<RowCounts | null> {
  const judged = `(${reading.compiled.provedInOnePass(way)})`;
  const none = "(select null::bigint as line, null::varchar as rule, null::varchar as outcome where false)";
  const {rows_keyed, rows_good, ...counts} = await countRows(connection, {judged, aside: none}, [path, ...way.given]);
  const expected = rowsExpected(reading);
  const mayRunOn = reading.unfolded === null && reading.inspection.hasQuotes;
  const isWhole = mayRunOn ? counts.rows_read <= expected : counts.rows_read === expected;
  return isWhole && rows_keyed === rows_good ? counts : null;
}

/** How many rows a file holds, where none runs over several lines. */
function rowsExpected({inspection, headerLine, unfolded}: Reading): number {
  if (unfolded !== null) return unfolded.rows.length;
  const above = headLines(inspection.head).slice(0, headerLine);
  return inspection.lines - above.filter(line => line !== "").length;
}

/** Null where the meter that the whole file is of is none. */
function wayOf(reading: Reading): Way | null {
  const {layout, headerLine, unfolded, meterText} = reading;
  const skip = unfolded === null ? headerLine : 0;
  if (!isMeterOfFile(layout))
    return {skip, given: [], isAsWritten: firstMeters(reading).every(text => isKeyOfItself(reading, text))};
  const meter = keyOf(layout, meterText ?? "");
  return "key" in meter ? {skip, given: [meter.key], isAsWritten: true} : null;
}

function isKeyOfItself({layout}: Reading, text: string): boolean {
  if (isMeterOfFile(layout)) return true;
  const meter = keyOf(layout, text);
  return "key" in meter && meter.key === text;
}

/** The texts that name meters in the first rows of a file. */
function firstMeters(reading: Reading): string[] {
  const {layout, inspection, headerLine, unfolded} = reading;
  const {meter} = layout;
  if (typeof meter !== "object" || !("column" in meter)) return [];
  const at = columnsOf(layout).findIndex(({name}) => name === meter.column);
  if (at === -1) return [reading.outside[meter.column] ?? ""];
  const rows =
    unfolded?.rows.slice(0, 40) ??
    headRecordsOf(inspection.head, layout.separator).filter(({line}) => line > headerLine);
  const pattern = meter.pattern === undefined ? null : new RegExp(meter.pattern);
  const texts = rows.filter(({cells}) => cells.length > at).map(({cells}) => cells[at] ?? "");
  return pattern === null ? texts : texts.map(text => pattern.exec(text)?.[1] ?? "");
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

/** Works on the bytes as they are where DuckDB's reader can take them, or on a copy that it can. */
async function withReadable<T>(
  reading: Reading,
  {scratch}: LandingContext,
  work: (path: string) => Promise<T>
): Promise<T> {
  if (reading.unfolded === null && reading.inspection.isClean) return work(reading.path);
  const readable = join(scratch, "readable.csv");
  try {
    await writePlain(reading, readable);
    return await work(readable);
  } finally {
    await rm(readable, {force: true});
  }
}
