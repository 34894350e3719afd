import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {ingest} from "../../src/ingest/ingest.ts";
import type {LoadRecord} from "../../src/ingest/ledger.ts";
import type {Connection} from "../../src/warehouse/connection.ts";
import {fixedEffects} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {flat, type PortalDay, portalFile} from "../support/supplier-files.ts";
import {openTestWarehouse} from "../support/warehouse.ts";

const [mpan, other] = mpans;
const issued = "02/10/26 07:00";
const day = (date: string, change: Partial<PortalDay> = {}): PortalDay => ({mpan, date, cells: flat(1), ...change});

interface Told {
  readonly loads: readonly LoadRecord[];
  readonly statements: readonly string[];
  readonly transactions: number;
  readonly days: number;
}

/** Brings files in by hand in one run, and tells which statements that took. */
async function bringAll(files: Readonly<Record<string, string>>): Promise<Told> {
  const folder = await makeDataFolder([{id: mpan}, {id: other}]);
  const paths = Object.keys(files).map(name => join(folder, name));
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  const warehouse = await openTestWarehouse(folder);
  const {connection, statements, begun} = overheard(warehouse.connection);
  try {
    const request = {dataFolder: folder, feeds: ["estate-energy"], layout: null, meterPoint: null, isReplay: false};
    const {loads} = await ingest({...warehouse, connection}, {...request, files: paths}, 1, fixedEffects());
    const {days} = await warehouse.connection.row<{days: number}>(
      "select count(*)::integer as days from raw.meter_days"
    );
    return {loads, statements, transactions: begun.length, days};
  } finally {
    await warehouse.close();
  }
}

function overheard(connection: Connection) {
  const [statements, begun]: [string[], string[]] = [[], []];
  const heard: Connection = {
    ...connection,
    run: (sql, values) => connection.run(hear(sql), values),
    rows: (sql, values) => connection.rows(hear(sql), values),
    row: (sql, values) => connection.row(hear(sql), values),
    transaction: work => {
      begun.push("begin");
      return connection.transaction(work);
    }
  };
  const hear = (sql: string) => {
    statements.push(sql);
    return sql;
  };
  return {connection: heard, statements, begun};
}

const reads = ({statements}: Told) => statements.filter(sql => sql.includes("read_csv(")).length;
const isNumbered = ({statements}: Told) => statements.some(sql => sql.includes("temp table source_rows"));

test("a clean file is read once", async () => {
  const told = await bringAll({
    "clean.csv": portalFile(issued, [day("2026-06-01"), day("2026-06-02"), day("2026-03-28")])
  });
  expect(told.loads).toMatchObject([{outcome: "landed", rows_read: 3, rows_landed: 3, meter_days: 3, reads: 144}]);
  expect([reads(told), isNumbered(told)]).toEqual([1, false]);
});

test("rows that are dropped or empty are counted by reading once more, without line numbers", async () => {
  const told = await bringAll({
    "mixed.csv": portalFile(issued, [
      day("2026-06-01"),
      day("2026-06-02", {type: "kVArh"}),
      day("2026-06-03", {cells: flat("")})
    ])
  });
  expect(told.loads).toMatchObject([{rows_read: 3, rows_landed: 1, rows_dropped: 1, rows_empty: 1, rows_rejected: 0}]);
  expect([reads(told), isNumbered(told)]).toEqual([2, false]);
});

test("a meter that is written otherwise than its key is found before rows are placed", async () => {
  const told = await bringAll({"spaced.csv": portalFile(issued, [day("2026-06-01", {mpan: `00 801 123 ${mpan}`})])});
  expect(told.loads).toMatchObject([{outcome: "landed", rows_landed: 1, meter_days: 1}]);
  expect([reads(told), isNumbered(told)]).toEqual([2, false]);
});

test("a row that breaks a rule has its whole file read again with line numbers, and nothing lands twice", async () => {
  const told = await bringAll({"broken.csv": portalFile(issued, [day("2026-06-01"), day("2031-06-01")])});
  expect(told.loads).toMatchObject([{rows_read: 2, rows_landed: 1, rows_rejected: 1, meter_days: 1}]);
  expect([isNumbered(told), told.days]).toEqual([true, 1]);
});

test("a broken row that is empty too is rejected, not passed over", async () => {
  const told = await bringAll({
    "both.csv": portalFile(issued, [day("2026-06-01"), day("2031-06-01", {cells: flat("")})])
  });
  expect(told.loads).toMatchObject([{rows_read: 2, rows_landed: 1, rows_rejected: 1, rows_empty: 0}]);
});

test("small files land in one transaction, each with its own load; one that is refused refuses no other", async () => {
  const file = (date: string) => portalFile(issued, [day(date)]);
  const told = await bringAll({
    "a.csv": file("2026-06-01"),
    "b.csv": "nothing,that\nis,known\n",
    "c.csv": portalFile(issued, [day("2026-06-03"), day("2026-06-04", {est: "?"})]),
    "d.csv": file("2026-06-05")
  });
  expect(told.loads.map(({load_id, outcome, meter_days}) => [load_id, outcome, meter_days])).toEqual([
    [1, "landed", 1],
    [2, "refused", 0],
    [3, "landed", 1],
    [4, "landed", 1]
  ]);
  const alone = await bringAll({"a.csv": file("2026-06-01")});
  expect([told.transactions, told.days]).toEqual([alone.transactions, 3]);
});
