import {createHash} from "node:crypto";
import {createReadStream} from "node:fs";
import {createInterface} from "node:readline";
import type {Inspection} from "../archive/inspect.ts";
import type {PlainFile} from "../archive/plain-file.ts";
import {latestDate, type Receipt} from "../archive/receipts.ts";
import {parseMpan, parseMpxn, parseName} from "../domain/meter-points.ts";
import {pseudonymOf} from "../domain/pseudonym.ts";
import {type KindFacts, type Landing, landingsOf} from "../sources/kind.ts";
import {kinds} from "../sources/kinds.ts";
import type {RecordFile, RecordFormat} from "../sources/record-format.ts";
import type {Connection} from "../warehouse/connection.ts";
import {insertRows} from "../warehouse/insert-rows.ts";
import {type NewLoad, noRows, nothingLanded} from "./ledger.ts";
import {type LandingContext, Refusal} from "./stage.ts";
import {wholeText} from "./whole-text.ts";

interface Reject {
  readonly line: number;
  readonly rule: string;
  readonly value: string;
}

/** A record of any kind: its fields by name. */
type Row = Readonly<Record<string, string | number | boolean | null>> & {readonly line: number};

/** Changes when the format does, the key of the pseudonyms or, for national files, the council's area: a replay then reads the archive again. */
export function recordVersion({name, version, readLines}: RecordFormat, key: string, areaCode: string | null): string {
  return createHash("sha256")
    .update(JSON.stringify([name, version, key, ...(readLines === undefined ? [] : [areaCode])]))
    .digest("hex")
    .slice(0, 16);
}

/**
 * Reads one file of records, to be landed in one transaction with its ledger row: the load, and what writes its rows. A file that does not hold together
 * is refused whole; a record that stands twice lands once; one whose identity stands twice with other words is rejected, both times.
 */
export async function landRecords(
  {path, fileName, note = null}: PlainFile,
  {receipt, loadId, content}: {readonly receipt: Receipt; readonly loadId: number; readonly content: string},
  {inspection, format}: {readonly inspection: Inspection; readonly format: RecordFormat},
  {connection, pseudonymKey, areaCode}: LandingContext
): Promise<{load: NewLoad; write: () => Promise<void>}> {
  const file = await readRecords({path, fileName}, receipt, {inspection, format}, areaCode);
  if (file.records !== file.rows.length + file.rejected.length + file.dropped)
    throw new Refusal(`control total: the file holds ${file.records} records and not all of them were read`);
  const kind = kinds[format.kind];
  const {kept, duplicates, clashes} = sortedOut(file.rows as unknown as Row[], kind.identity);
  const earliest = await earliestDate(connection);
  const judged = kept.map(row => ({
    row: landedRow(row, kind, pseudonymKey),
    ...brokenRule(row, kind, {earliest, latest: latestDate(receipt)})
  }));
  const rejects: Reject[] = [
    ...file.rejected,
    ...clashes.map(row => ({line: row.line, rule: "repeated", value: namedBy(row, kind)})),
    ...judged.flatMap(({row, rule, value}) => (rule === undefined ? [] : [{line: row.line, rule, value: value ?? ""}]))
  ];
  const good = judged.filter(({rule}) => rule === undefined).map(({row}) => row);
  const counts = {
    ...noRows,
    rows_read: file.records,
    rows_landed: good.length,
    rows_duplicate: duplicates,
    rows_dropped: file.dropped,
    rows_rejected: rejects.length
  };
  const load: NewLoad = {
    ...{
      loadId,
      receipt,
      content,
      readAs: digestOf(file.rows),
      layout: format.name,
      layoutVersion: recordVersion(format, pseudonymKey, areaCode),
      counts
    },
    ...{outcome: "landed", reason: null, difference: note, landed: nothingLanded},
    issuedAt: await issueTime(connection, file.issued, receipt)
  };
  const write = async () => {
    await insertRecords(connection, loadId, format.provider, kind, good);
    await insertRejects(connection, loadId, rejects);
  };
  return {load, write};
}

/** What the bytes were read as: a format may take the unit or the year from the file's name, or the meter from its folder. */
function digestOf(rows: RecordFile["rows"]): string {
  const hash = createHash("sha256").update("[");
  for (const [index, row] of rows.entries()) hash.update(`${index === 0 ? "" : ","}${JSON.stringify(row)}`);
  return hash.update("]").digest("hex");
}

async function readRecords(
  {path, fileName}: PlainFile,
  receipt: Receipt,
  {inspection, format}: {readonly inspection: Inspection; readonly format: RecordFormat},
  areaCode: string | null
): Promise<RecordFile> {
  if (format.readLines !== undefined && areaCode !== null)
    return format.readLines(
      createInterface({input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY}),
      areaCode
    );
  return format.parse(await wholeText(path, inspection.encoding), {fileName, meterPointId: receipt.meter_point_id});
}

/** The first day that is known to the calendar of settlement days: earlier dates are slips. */
async function earliestDate(connection: Connection): Promise<string> {
  const {earliest} = await connection.row<{earliest: string}>(
    "select min(settlement_date)::varchar as earliest from ops.settlement_days"
  );
  return earliest;
}

/** What names a record, without what is personal in it. */
const namedBy = (row: Row, {identity, columns}: KindFacts) =>
  identity
    .filter(field => columns[field]?.lands !== "PERSONAL")
    .map(field => row[field] ?? "")
    .join(" ");

/** A record as it lands: its meter as a key, what is personal as a pseudonym. */
function landedRow(row: Row, kind: KindFacts, key: string): Row {
  const landed = ({field, lands}: Landing) => {
    const value = row[field] ?? null;
    if (value === null) return null;
    if (lands === "PERSONAL") return pseudonymOf(String(value), key);
    return lands === "METER" ? (meterKeyOf(String(value)).key ?? null) : value;
  };
  return {line: row.line, ...Object.fromEntries(landingsOf(kind).map(each => [each.column, landed(each)]))};
}

/** An MPAN, MPRN or SPID where it is one, a name where it is none; what looks like a number of the trade must be one. */
function meterKeyOf(text: string): {key?: string; problem?: string} {
  const compact = text.replace(/\s/g, "");
  const parsed = parseMpxn(compact);
  if ("key" in parsed) return parsed;
  return /^\d{11,21}$|^\d(\.\d+)?e\+?\d+$/i.test(compact) ? parseMpan(compact) : parseName(text);
}

function brokenRule(
  row: Row,
  {columns, dated, isOfAnyTime = false}: KindFacts,
  {earliest, latest}: {earliest: string; latest: string}
): {rule?: string; value?: string} {
  if (dated !== null && !isOfAnyTime) {
    const date = String(row[dated] ?? "").slice(0, 10);
    if (date > latest) return {rule: "date in the future", value: String(row[dated])};
    if (date < earliest) return {rule: "date too long ago", value: String(row[dated])};
  }
  for (const [field, {lands}] of Object.entries(columns)) {
    const value = row[field];
    if (value === null || value === undefined) continue;
    if (lands === "METER") {
      const {problem} = meterKeyOf(String(value));
      if (problem !== undefined) return {rule: "meter", value: `${value}: ${problem}`};
    }
    const [, digits, places] = /^DECIMAL\((\d+),(\d+)\)$/.exec(lands) ?? [];
    if (digits !== undefined && !isDecimal(String(value), Number(digits), Number(places)))
      return {rule: "amount too large", value: String(value)};
  }
  return {};
}

/** Whether a text is a decimal number that a column has room for, every digit of it. */
function isDecimal(text: string, digits: number, places: number): boolean {
  const [, whole = "", fraction = ""] = /^-?(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  return (
    whole !== "" &&
    whole.replace(/^0+(?=\d)/, "").length <= digits - places &&
    fraction.replace(/0+$/, "").length <= places
  );
}

/** Each record once; those whose identity is given twice with other words are told. */
function sortedOut(rows: readonly Row[], identity: readonly string[]) {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = JSON.stringify(identity.map(field => row[field] ?? null));
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  const words = ({line, ...others}: Row) => JSON.stringify(others);
  const isOne = (group: readonly Row[]) => group.length === 1 || new Set(group.map(words)).size === 1;
  const all = [...groups.values()];
  return {
    kept: all.filter(isOne).flatMap(([first]) => (first === undefined ? [] : [first])),
    duplicates: all.filter(isOne).reduce((count, group) => count + group.length - 1, 0),
    clashes: all.filter(group => !isOne(group)).flat()
  };
}

/** An instant with Z, or British local time; a date alone stays that date, whatever the clock. */
const instantOf = (text: string) =>
  `case when len(${text}) = 10 then try_cast(${text} as timestamp)::timestamptz when ends_with(${text}, 'Z') then try_cast(${text} as timestamptz) else british_clock(try_cast(${text} as timestamp)) end`;

async function issueTime(connection: Connection, issued: string | null, receipt: Receipt): Promise<Date | null> {
  if (issued === null) return null;
  const {at} = await connection.row<{at: Date | null}>(`select ${instantOf("$1")} as at`, [issued]);
  if (at === null || at.toISOString().slice(0, 10) > latestDate(receipt))
    throw new Refusal(`when it was made is no time, or after it was received: ${issued}`);
  return at;
}

async function insertRecords(
  connection: Connection,
  loadId: number,
  provider: string,
  kind: KindFacts,
  rows: readonly Row[]
): Promise<void> {
  const landings = landingsOf(kind);
  const shape = Object.fromEntries(landings.map(({column, travelsAs}) => [column, travelsAs]));
  await insertRows(
    connection,
    kind.table,
    {load_id: "INTEGER", provider: "VARCHAR", line: "INTEGER", ...shape},
    rows.map(row => ({load_id: loadId, provider, ...row})),
    {
      load_id: "r.load_id",
      line: "r.line",
      provider: "r.provider",
      ...Object.fromEntries(landings.map(({lands, column}) => [column, landedCell(lands, `r.${column}`)]))
    }
  );
  const day = kind.dated ?? "null";
  await connection.run(
    `update ops.loads set transactions = t.transactions, first_date = t.first_date, last_date = t.last_date
     from (select count(*) as transactions, min(${day})::date as first_date, max(${day})::date as last_date from ${kind.table} where load_id = $1) as t
     where load_id = $1`,
    [loadId]
  );
}

/** What lands of a field: an instant in UTC; a time of the British clock as that clock shows it, also where it was told in UTC; all else as it is. */
function landedCell(lands: string, text: string): string {
  if (lands === "INSTANT") return `(${instantOf(text)} at time zone 'UTC')::timestamp`;
  if (lands !== "WALL CLOCK") return text;
  return `case when ends_with(${text}, 'Z') then british_clock(try_cast(${text} as timestamptz)) else try_cast(${text} as timestamp) end`;
}

function insertRejects(connection: Connection, loadId: number, rejects: readonly Reject[]): Promise<void> {
  return insertRows(connection, "ops.rejects", {line: "BIGINT", rule: "VARCHAR", value: "VARCHAR"}, rejects, {
    load_id: String(loadId),
    row_number: "r.line",
    rule: "r.rule",
    value: "left(r.value, 300)",
    outcome: "'rejected'"
  });
}
