import {readFile} from "node:fs/promises";
import {z} from "zod";
import {extractOf, type Receipt} from "../archive/receipts.ts";
import {snapshotPath} from "../archive/snapshots.ts";
import {FeedError} from "../errors.ts";
import {type Connection, quoteName} from "../warehouse/connection.ts";
import {insertRows} from "../warehouse/insert-rows.ts";
import {type LoadRecord, type NewLoad, noRows, nothingLanded, type RowCounts} from "./ledger.ts";

/**
 * What is kept of a file whose bytes are erased: what its load put into the warehouse, with nothing in it by which a person or vehicle could be found, and the
 * ledger's line. A line of JSON for
 * the load and one for each row, every value as its text, so that it lands again exactly as it was.
 */
const date = z.iso.date().nullable();
const countNames = Object.keys(noRows) as (keyof RowCounts)[];
const loadSchema = z.strictObject({
  version: z.literal(1),
  layout: z.string().nullable(),
  layout_version: z.string(),
  content_sha256: z.string().nullable(),
  read_as: z.string().nullable(),
  issued_at: z.iso.datetime().nullable(),
  counts: z.strictObject(
    Object.fromEntries(countNames.map(name => [name, z.int()])) as Record<keyof RowCounts, z.ZodInt>
  ),
  landed: z.strictObject({meter_days: z.int(), reads: z.int(), first_date: date, last_date: date}),
  /** Records that are not half-hours. */
  records: z.int()
});
const rowSchema = z.strictObject({table: z.string(), row: z.record(z.string(), z.string().nullable())});

interface RawTable {
  readonly table: string;
  readonly columns: readonly {readonly name: string; readonly type: string; readonly isPersonal: boolean}[];
}

/** Names of records that may say where a person was: a claim is named by its places, a charge point may stand at a home. */
const sayWhere: ReadonlySet<string> = new Set(["journeys.journey_id", "charging_sessions.location"]);

/** The tables that loads land in. */
async function rawTables(connection: Connection): Promise<RawTable[]> {
  const columns = await connection.rows<{table_name: string; name: string; type: string}>(
    `select table_name, column_name as name, data_type as type
     from duckdb_columns() where database_name = current_database() and schema_name = 'raw' and column_name <> 'load_id'
     order by table_name, column_index`
  );
  const isPersonal = (table: string, name: string) => name.endsWith("_pseudonym") || sayWhere.has(`${table}.${name}`);
  const names = [...new Set(columns.map(({table_name}) => table_name))];
  return names.map(name => ({
    table: `raw.${name}`,
    columns: columns
      .filter(({table_name}) => table_name === name)
      .map(each => ({name: each.name, type: each.type, isPersonal: isPersonal(name, each.name)}))
  }));
}

/**
 * What stands for a person or vehicle once nobody may know whose it was: a number within its file. Two of one file stay two, and none of them can be found by
 * the council's key.
 */
const anonymous = (column: string, receipt: string) =>
  `if(${column} is null, null, 'erased ${receipt.slice(0, 12)}-' || dense_rank() over (order by ${column}))`;

/** Extracts what is kept of a load. */
export async function extractLoad(connection: Connection, load: LoadRecord): Promise<Uint8Array> {
  const lines: string[] = [];
  let records = 0;
  for (const {table, columns} of await rawTables(connection)) {
    const fields = columns.map(({name, isPersonal}) => {
      const column = quoteName(name);
      return `${isPersonal ? anonymous(column, load.receipt) : `${column}::varchar`} as ${column}`;
    });
    const rows = await connection.rows<Record<string, string | null>>(
      `select ${fields.join(", ")} from ${table} where load_id = $1 order by all`,
      [load.load_id]
    );
    if (table !== "raw.meter_days") records += rows.length;
    lines.push(...rows.map(row => JSON.stringify({table, row})));
  }
  const dateText = (day: Date | null) => day?.toISOString().slice(0, 10) ?? null;
  const head: z.infer<typeof loadSchema> = {
    version: 1,
    layout: load.layout,
    layout_version: load.layout_version,
    content_sha256: load.content_sha256,
    read_as: load.read_as,
    issued_at: load.issued_at?.toISOString() ?? null,
    counts: Object.fromEntries(countNames.map(name => [name, load[name]])) as Record<keyof RowCounts, number>,
    landed: {
      meter_days: load.meter_days,
      reads: load.reads,
      first_date: dateText(load.first_date),
      last_date: dateText(load.last_date)
    },
    records
  };
  return new TextEncoder().encode(`${[JSON.stringify(head), ...lines].join("\n")}\n`);
}

/** A load as it is made again of what was kept, and what writes its rows. A receipt of which nothing was kept is a load of nothing. */
export async function readExtract(
  connection: Connection,
  root: string,
  receipt: Receipt,
  loadId: number
): Promise<{load: NewLoad; write: () => Promise<void>}> {
  const extract = extractOf(receipt) ?? null;
  const plain = {loadId, receipt, reason: null, difference: null, outcome: "landed" as const};
  if (extract === null)
    return {
      load: {
        ...plain,
        content: null,
        readAs: null,
        layout: null,
        layoutVersion: "erased",
        issuedAt: null,
        counts: noRows,
        landed: nothingLanded
      },
      write: async () => {}
    };
  const [head = "", ...lines] = (await readFile(snapshotPath(root, {sha256: extract}), "utf8")).trimEnd().split("\n");
  const known = loadSchema.safeParse(parsed(head));
  if (!known.success) throw new FeedError("what was kept of an erased file cannot be read");
  const {data} = known;
  const day = (text: string | null) => (text === null ? null : new Date(text));
  const load: NewLoad = {
    ...plain,
    content: data.content_sha256,
    readAs: data.read_as,
    layout: data.layout,
    layoutVersion: data.layout_version,
    issuedAt: day(data.issued_at),
    counts: data.counts,
    landed: {...data.landed, first_date: day(data.landed.first_date), last_date: day(data.landed.last_date)}
  };
  return {load, write: () => putRows(connection, loadId, lines, data.records)};
}

async function putRows(
  connection: Connection,
  loadId: number,
  lines: readonly string[],
  records: number
): Promise<void> {
  const rows = lines.map(line => rowSchema.parse(parsed(line)));
  await connection.run("create or replace temp table kept_rows (kept_table varchar, kept_row varchar)");
  await insertRows(
    connection,
    "kept_rows",
    {kept_table: "VARCHAR", kept_row: "VARCHAR"},
    rows.map(({table, row}) => ({kept_table: table, kept_row: JSON.stringify(row)}))
  );
  const used = new Set(rows.map(({table}) => table));
  for (const {table, columns} of (await rawTables(connection)).filter(each => used.has(each.table))) {
    const fields = columns.map(({name, type}) => `cast(kept_row::json ->> '${name}' as ${type}) as ${quoteName(name)}`);
    await connection.run(
      `insert into ${table} by name select $1::integer as load_id, ${fields.join(", ")} from kept_rows where kept_table = $2`,
      [loadId, table]
    );
  }
  await connection.run("drop table kept_rows");
  await connection.run("update ops.loads set transactions = $1 where load_id = $2", [records, loadId]);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
