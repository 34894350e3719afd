import {inert} from "../../effects.ts";
import type {LoadRecord} from "../../ingest/ledger.ts";
import type {KindFacts} from "../../sources/kind.ts";
import {kinds, type RecordKind} from "../../sources/kinds.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {daysText} from "../../wording/dates.ts";
import {andMore} from "../../wording/lists.ts";
import {textTable} from "../../wording/table.ts";

const shownRecords = 3;
const shownMonths = 48;

/** What records landed: the first of them, without what is personal, and totals by month. */
export async function recordLines(connection: Connection, load: LoadRecord, kind: RecordKind): Promise<string[]> {
  if (load.transactions === 0) return [];
  const {table, columns} = kinds[kind];
  const first = await connection.rows<Record<string, unknown>>(
    `select * exclude (load_id) from ${table} where load_id = $1 order by rowid limit ${shownRecords}`,
    [load.load_id]
  );
  const dates = load.first_date === null ? [] : [`  days        ${daysText(load.first_date, load.last_date)}`];
  return [
    ...dates,
    "",
    "The first records, as canopy reads them (what is personal is not shown):",
    ...first.flatMap((record, index) => [`  record ${index + 1}`, ...fieldLines(record, columns)]),
    "",
    ...(await monthLines(connection, load.load_id, kind))
  ];
}

function fieldLines(record: Readonly<Record<string, unknown>>, columns: KindFacts["columns"]): string[] {
  const fields = Object.entries(record).filter(
    ([name, value]) => value !== null && value !== "" && !name.endsWith("_pseudonym")
  );
  return fields.map(
    ([name, value]) => `    ${name.padEnd(16)} ${valueText(value)}${columns[name]?.lands === "INSTANT" ? " UTC" : ""}`
  );
}

const valueText = (value: unknown) =>
  value instanceof Date
    ? value
        .toISOString()
        .replace(/T00:00:00\.000Z$|\.000Z$/, "")
        .replace("T", " ")
    : inert(String(value));

async function monthLines(connection: Connection, loadId: number, kind: RecordKind): Promise<string[]> {
  const {table, dated: day, totals} = kinds[kind];
  const {by, amounts, isRange = false} = totals;
  const month = day === null ? [] : [`strftime(${day}, '%Y-%m') as month`];
  const keys = [...month, ...by];
  const sums = amounts.flatMap(amount =>
    isRange
      ? [`min(${amount})::varchar as "least ${amount}"`, `max(${amount})::varchar as "greatest ${amount}"`]
      : [`sum(${amount})::varchar as ${amount}`]
  );
  const rows = await connection.rows(
    `select ${[...keys, "count(*)::integer as records", ...sums].join(", ")} from ${table} where load_id = $1 group by all order by all`,
    [loadId]
  );
  const header = Object.keys(rows[0] ?? {});
  const shown = textTable(
    header,
    rows.slice(0, shownMonths).map(row => header.map(name => row[name]))
  );
  return [
    `${isRange ? "Least and greatest" : "Totals"} ${day === null ? "" : "by month"}:`.replace(" :", ":"),
    ...shown.map(line => `  ${line}`),
    ...(rows.length > shownMonths ? [`  ${andMore(rows.length - shownMonths, "lines")}`] : [])
  ];
}
