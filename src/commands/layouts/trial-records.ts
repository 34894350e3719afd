import {inert} from "../../effects.ts";
import type {LoadRecord} from "../../ingest/ledger.ts";
import {type RecordTable, recordTables} from "../../ingest/record-tables.ts";
import type {RecordKind} from "../../sources/kinds.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {several, shortDate} from "../../wording/counts.ts";
import {textTable} from "../../wording/table.ts";

const shownRecords = 3;
const shownMonths = 48;

/** How records of a kind are added up by month: which columns tell them apart, and the amounts; amounts that do not add up are least and greatest. */
const monthly: Readonly<Record<RecordKind, {by: readonly string[]; amounts: readonly string[]; isRange?: boolean}>> = {
  fuel: {by: ["product_code"], amounts: ["quantity", "cost_gbp"]},
  tank: {by: ["movement", "product"], amounts: ["litres"]},
  charging: {by: ["place"], amounts: ["energy_kwh", "cost_gbp"]},
  distance: {by: ["fleet"], amounts: ["distance_km", "fuel_l"]},
  vehicle: {by: ["fuel"], amounts: []},
  read: {by: ["unit", "status"], amounts: ["value"], isRange: true},
  bill: {by: ["kind", "unit"], amounts: ["quantity", "net_gbp"]},
  observation: {by: ["series", "unit", "status"], amounts: ["value"], isRange: true}
};

/** What records landed: the first of them, without what is personal, and totals by month. */
export async function recordLines(connection: Connection, load: LoadRecord, kind: RecordKind): Promise<string[]> {
  if (load.transactions === 0) return [];
  const table = recordTables[kind] as RecordTable<never>;
  const first = await connection.rows<Record<string, unknown>>(
    `select * exclude (load_id) from ${table.table} where load_id = $1 order by rowid limit ${shownRecords}`,
    [load.load_id]
  );
  const dates =
    load.first_date === null ? [] : [`  days        ${shortDate(load.first_date)} to ${shortDate(load.last_date)}`];
  return [
    ...dates,
    "",
    "The first records, as canopy reads them (what is personal is not shown):",
    ...first.flatMap((record, index) => [`  record ${index + 1}`, ...fieldLines(record, table.columns)]),
    "",
    ...(await monthLines(connection, load.load_id, kind))
  ];
}

function fieldLines(record: Readonly<Record<string, unknown>>, columns: Readonly<Record<string, string>>): string[] {
  const fields = Object.entries(record).filter(
    ([name, value]) => value !== null && value !== "" && !name.endsWith("_pseudonym")
  );
  return fields.map(
    ([name, value]) => `    ${name.padEnd(16)} ${valueText(value)}${columns[name] === "INSTANT" ? " UTC" : ""}`
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
  const {table, dated} = recordTables[kind] as RecordTable<never>;
  const {by, amounts, isRange = false} = monthly[kind];
  const day = dated === null ? (kind === "observation" ? "starts_at" : null) : String(dated);
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
    ...(rows.length > shownMonths ? [`  … and ${several(rows.length - shownMonths, "more line")}`] : [])
  ];
}
