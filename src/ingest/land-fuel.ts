import {createHash} from "node:crypto";
import {readFile} from "node:fs/promises";
import {pseudonymOf} from "../domain/pseudonym.ts";
import {firstLineOf} from "../feeds/file-start.ts";
import {type FuelFormat, fuelFormats} from "../feeds/fleet/fuel-formats.ts";
import type {FuelTransaction} from "../feeds/fleet/keyfuels.ts";
import type {Connection} from "../warehouse/connection.ts";
import type {Inspection} from "./inspect.ts";
import {type LoadRecord, noRows, readLoad, recordLoad} from "./ledger.ts";
import {latestDate, type Receipt} from "./snapshots.ts";
import {type LandingContext, Refusal} from "./stage.ts";

interface Reject {
  readonly line: number;
  readonly rule: string;
  readonly value: string;
}

/** Changes when the format or the key of the pseudonyms does: a replay then reads the archive again. */
export function fuelVersion({name, version}: FuelFormat, key: string): string {
  return createHash("sha256")
    .update(JSON.stringify([name, version, key]))
    .digest("hex")
    .slice(0, 16);
}

/**
 * Lands one fuel card file, in one transaction with its ledger row. A file whose control record does not agree is refused whole; a drawing that stands
 * twice lands once; one whose number stands twice with other words is rejected, both times.
 */
export async function landFuel(
  path: string,
  receipt: Receipt,
  inspection: Inspection,
  {connection, runId, pseudonymKey}: LandingContext
): Promise<LoadRecord> {
  const format = formatOf(receipt, inspection);
  const file = format.parse(new TextDecoder(inspection.encoding).decode(await readFile(path)));
  const {landed, duplicates, clashes} = sortedOut(file.transactions);
  const earliest = await earliestDate(connection);
  const ruled = landed.map(transaction => ({
    transaction,
    rule: ruleBroken(transaction, earliest, latestDate(receipt))
  }));
  const rejects: Reject[] = [
    ...file.rejected,
    ...clashes.map(({line, transaction_id}) => ({line, rule: "repeated", value: transaction_id})),
    ...ruled.flatMap(({transaction: {line}, rule}) => (rule === null ? [] : [{line, ...rule}]))
  ];
  const good = ruled.filter(({rule}) => rule === null).map(({transaction}) => transaction);
  return connection.transaction(async () => {
    const {load_id} = await recordLoad(connection, {
      receipt,
      runId,
      layout: format.name,
      layoutVersion: fuelVersion(format, pseudonymKey),
      issuedAt: await issueTime(connection, file.issued, receipt),
      outcome: "landed",
      reason: null,
      difference: null,
      counts: {
        ...noRows,
        rows_read: file.records,
        rows_landed: good.length,
        rows_duplicate: duplicates,
        rows_rejected: rejects.length
      }
    });
    await insertTransactions(connection, load_id, format.provider, good, pseudonymKey);
    await insertRejects(connection, load_id, rejects);
    return readLoad(connection, load_id);
  });
}

/** The first day that is known to the calendar of settlement days: earlier dates are slips. */
async function earliestDate(connection: Connection): Promise<string> {
  const {earliest} = await connection.row<{earliest: string}>(
    "select min(settlement_date)::varchar as earliest from ops.settlement_days"
  );
  return earliest;
}

/** As many digits as `raw.fuel_transactions` has room for. */
const mostDigits = 12;

function ruleBroken({drawn_at, quantity, cost_gbp}: FuelTransaction, earliest: string, latest: string) {
  const date = drawn_at.slice(0, 10);
  if (date > latest) return {rule: "date in the future", value: drawn_at};
  if (date < earliest) return {rule: "date too long ago", value: drawn_at};
  const large = [quantity, cost_gbp].find(text => text.replace(/\D/g, "").length > mostDigits);
  return large === undefined ? null : {rule: "amount too large", value: large};
}

function formatOf(receipt: Receipt, inspection: Inspection): FuelFormat {
  const firstLine = firstLineOf(inspection);
  const candidates =
    receipt.layout === null
      ? [...fuelFormats.values()].filter(({isOf}) => isOf(firstLine))
      : [fuelFormats.get(receipt.layout)].filter(format => format !== undefined);
  const [format] = candidates;
  if (format === undefined)
    throw new Refusal(`not a fuel file that canopy knows: ${[...fuelFormats.keys()].join(", ")}`);
  return format;
}

/** Each drawing once; those whose number is given twice with other words are told. */
function sortedOut(transactions: readonly FuelTransaction[]) {
  const byId = new Map<string, FuelTransaction[]>();
  for (const transaction of transactions)
    byId.set(transaction.transaction_id, [...(byId.get(transaction.transaction_id) ?? []), transaction]);
  const groups = [...byId.values()];
  const isOne = (group: FuelTransaction[]) =>
    new Set(group.map(({line, ...words}) => JSON.stringify(words))).size === 1;
  return {
    landed: groups.filter(isOne).flatMap(([first]) => (first === undefined ? [] : [first])),
    duplicates: groups.filter(isOne).reduce((count, group) => count + group.length - 1, 0),
    clashes: groups.filter(group => !isOne(group)).flat()
  };
}

async function issueTime(connection: Connection, issued: string | null, receipt: Receipt): Promise<Date | null> {
  if (issued === null) return null;
  const {at} = await connection.row<{at: Date | null}>(
    "select timezone('Europe/London', try_cast($1 as timestamp)) as at",
    [issued]
  );
  if (at === null || at.toISOString().slice(0, 10) > latestDate(receipt))
    throw new Refusal(`when it was made is no time, or after it was received: ${issued}`);
  return at;
}

const shape = JSON.stringify([
  {
    line: "INTEGER",
    transaction_id: "VARCHAR",
    drawn_at: "TIMESTAMP",
    registration_pseudonym: "VARCHAR",
    fleet_number: "VARCHAR",
    product_code: "VARCHAR",
    quantity: "DECIMAL(12,2)",
    cost_gbp: "DECIMAL(12,2)",
    mileage: "INTEGER",
    is_credit: "BOOLEAN"
  }
]);

async function insertTransactions(
  connection: Connection,
  loadId: number,
  provider: string,
  transactions: readonly FuelTransaction[],
  key: string
): Promise<void> {
  const rows = transactions.map(({registration, ...transaction}) => ({
    ...transaction,
    registration_pseudonym: registration === null ? null : pseudonymOf(registration, key)
  }));
  await connection.run(
    `insert into raw.fuel_transactions
     select $1::integer, t.line, $2, t.transaction_id, t.drawn_at, t.registration_pseudonym, t.fleet_number, t.product_code, t.quantity, t.cost_gbp, t.mileage, t.is_credit
     from (select unnest(from_json($3::json, '${shape}')) as t)`,
    [loadId, provider, JSON.stringify(rows)]
  );
  await connection.run(
    `update ops.loads set transactions = t.transactions, first_date = t.first_date, last_date = t.last_date
     from (select count(*) as transactions, min(drawn_at)::date as first_date, max(drawn_at)::date as last_date from raw.fuel_transactions where load_id = $1) as t
     where load_id = $1`,
    [loadId]
  );
}

async function insertRejects(connection: Connection, loadId: number, rejects: readonly Reject[]): Promise<void> {
  await connection.run(
    `insert into ops.rejects select $1::integer, r.line, r.rule, left(r.value, 300), 'rejected'
     from (select unnest(from_json($2::json, '[{"line":"BIGINT","rule":"VARCHAR","value":"VARCHAR"}]')) as r)`,
    [loadId, JSON.stringify(rejects)]
  );
}
