import {writeFile} from "node:fs/promises";
import {basename, join} from "node:path";
import fc from "fast-check";
import {expect, test} from "vitest";
import {ingest} from "../../src/ingest/ingest.ts";
import type {LoadRecord} from "../../src/ingest/ledger.ts";
import type {Canopy} from "../support/canopy.ts";
import {writeRows} from "../support/registers.ts";
import {openTestWarehouse} from "../support/warehouse.ts";
import {council, mpan, secondMpan} from "./council.ts";
import {type HistoryKind, historyKinds, told} from "./history-files.ts";

/**
 * Whatever comes again, late, corrected or twice, for a file of each kind: the current view is the same, and what was said before is kept.
 *
 * Half-hours of a portal or a flow, fuel cards, reads, electronic bills and calorific values say when they were made: their view is the same in every
 * order of arrival. A tank's log, charge records, trips and facts of vehicles say nothing of when their file was made: of two that differ, the one that
 * came last stands, so there the order of receipt decides, but a file that comes again never undoes what came in between. A charge record's
 * own last_updated and a trip's version are not kept beside the row, and so decide within one file only.
 */
const seed = 20261025;
const again = told.length;
const arrivals = [...told.keys(), again];
/** The last arrival is the first file once more, under another name. */
const contentOf = (arrival: number) => (arrival === again ? 0 : arrival);

const standing = `
  with standing as (
    select load_id, rank() over (order by coalesce(issued_at, received_at), received_at, sha256) as precedence
    from ops.loads anti join ops.withdrawn_loads using (load_id)
    where outcome = 'landed' and superseded_by is null
  )`;

type View = Readonly<Record<string, number>>;

/** The newest standing row of each record of a kind, by the letter or day in its name. */
async function viewOf(
  c: Canopy,
  {table, identity, shows: [name, amount]}: HistoryKind,
  loads: readonly LoadRecord[]
): Promise<View> {
  const rows = await c.live<{name: string; amount: number}>(
    `${standing},
     told as (select *, ${name} as name, (${amount})::double as amount from ${table} join standing using (load_id))
     select any_value(name) as name, arg_max(amount, precedence) as amount
     from told
     where load_id in (${loads.map(({load_id}) => load_id).join()})
     group by ${identity.join(", ")} order by 1`
  );
  return Object.fromEntries(rows.map(row => [letterOf(row.name), Math.round(row.amount * 1000) / 1000]));
}

/** A, B or C of a name that ends in one, or in 1, 2 or 3. */
const letterOf = (name: string) => {
  const last = name.at(-1) ?? "";
  return {1: "A", 2: "B", 3: "C"}[last] ?? last;
};

/** What should be in view: of each record the word of the file that was made last, or that came first as late as any. */
function expectedOf({decidedBy, table}: HistoryKind, order: readonly number[], without: readonly number[] = []): View {
  const firstCame = told.map((_, file) => order.findIndex(arrival => contentOf(arrival) === file));
  const byRank = [...told.keys()]
    .filter(file => !without.includes(file))
    .sort((a, b) => (decidedBy === "issue" ? a - b : (firstCame[a] ?? 0) - (firstCame[b] ?? 0)));
  const newest = Object.assign({}, ...byRank.map(file => told[file])) as Record<string, number>;
  const times = table === "raw.meter_days" ? 48 : 1;
  return Object.fromEntries(Object.entries(newest).map(([name, amount]) => [name, amount * times]));
}

interface History {
  readonly kind: HistoryKind;
  readonly order: readonly number[];
  /** By file, without the one that came again. */
  readonly loads: LoadRecord[];
  readonly cameAgain: {readonly first: LoadRecord; readonly second: LoadRecord};
}

/** Brings files of any feed in one run; what became of each, or the load that holds the same bytes. */
async function bringStep(
  {folder, effects}: Canopy,
  files: ReadonlyMap<string, string>
): Promise<Map<string, LoadRecord>> {
  const paths = [...files.keys()].map(name => join(folder, name));
  for (const [name, text] of files) await writeFile(join(folder, name), text);
  const request = {dataFolder: folder, feeds: [], files: paths, layout: null, meterPoint: null, isReplay: false};
  const warehouse = await openTestWarehouse(folder);
  try {
    const {loads, known} = await ingest(warehouse, request, 1, effects);
    return new Map([
      ...loads.map(load => [load.file_name, load] as const),
      ...known.map(({file, load}) => [basename(file), load as LoadRecord] as const)
    ]);
  } finally {
    await warehouse.close();
  }
}

/** Brings the files of every kind to one council, each kind in an order of its own. */
async function lived(
  orders: readonly (readonly number[])[],
  kinds: readonly HistoryKind[] = historyKinds
): Promise<{c: Canopy; histories: History[]}> {
  const c = await council([{id: mpan}, {id: secondMpan}]);
  await writeRows(c.folder, "fuel-products.csv", ["keyfuels,018,diesel,diesel,confirmed"]);
  const came = kinds.map(() => new Map<number, LoadRecord>());
  for (const step of arrivals.keys()) {
    const texts = kinds.map(({fileName, write}, index) => {
      const arrival = orders[index]?.[step] ?? 0;
      const file = contentOf(arrival);
      const name = `${arrival === again ? "again-" : ""}${index}-${fileName(file)}`;
      return {index, arrival, name, text: write(told[file] ?? {}, file)};
    });
    const loads = await bringStep(c, new Map(texts.map(({name, text}) => [name, text])));
    for (const {index, arrival, name} of texts) came[index]?.set(arrival, loads.get(name) as LoadRecord);
  }
  const histories = kinds.map((kind, index) => {
    const loadOf = (arrival: number) => came[index]?.get(arrival) as LoadRecord;
    const cameAgain = {first: loadOf(0), second: loadOf(again)};
    return {kind, order: orders[index] ?? [], loads: [...told.keys()].map(loadOf), cameAgain};
  });
  return {c, histories};
}

async function expectHistory(c: Canopy, {kind, order, loads, cameAgain}: History): Promise<void> {
  const said = `${kind.name}, in the order ${order.join(" ")}`;
  for (const load of loads) expect([load.feed, load.reason, load.rows_rejected], said).toEqual([kind.feed, null, 0]);
  expect(cameAgain.second.load_id, said).toBe(cameAgain.first.load_id);
  expect(await viewOf(c, kind, loads), said).toEqual(expectedOf(kind, order));
  const rows = await c.live<{load_id: number; rows: number}>(
    `select load_id, count(*)::integer as rows from ${kind.table} where load_id in (${loads.map(({load_id}) => load_id).join()}) group by load_id`
  );
  const kept = new Map(rows.map(row => [row.load_id, row.rows]));
  expect(
    loads.map(({load_id}) => kept.get(load_id)),
    said
  ).toEqual(told.map(records => Object.keys(records).length));
}

const randomOrders = fc.sample(
  fc.array(fc.shuffledSubarray(arrivals, {minLength: arrivals.length}), {
    minLength: historyKinds.length,
    maxLength: historyKinds.length
  }),
  {seed, numRuns: 2}
);
const alike = (order: readonly number[]) => historyKinds.map(() => order);

test.each<readonly [string, readonly (readonly number[])[]]>([
  ["newest first", alike([2, 1, 0, 3])],
  ...randomOrders.map((orders, index) => [`at random (${index + 1}), each kind in its own order`, orders] as const)
])("%s: one current view, and all that was said is kept", async (_name, orders) => {
  const {c, histories} = await lived(orders);
  for (const history of histories) await expectHistory(c, history);
  const [count] = await c.live("select count(*)::integer as loads from ops.loads");
  expect(count).toEqual({loads: told.length * historyKinds.length});
});

test("the marts say the same of half-hours and fuel, whatever came first; a naive reader keeps what came last, or all", async () => {
  const orders = [
    [0, 1, 2, 3],
    [1, 3, 2, 0]
  ];
  for (const order of orders) {
    const {c} = await lived(alike(order), historyKinds.slice(0, 3));
    const days = await c.ask<{kwh: number}>(
      "select list_sum(kwh) / 48 as kwh from marts.meter_days order by meter_point_id, settlement_date"
    );
    expect(days.map(({kwh}) => kwh)).toEqual([90, 50, 70, 90, 50, 70]);
    expect(await c.ask("select quantity from marts.fleet_activity")).toEqual([{quantity: 210}]);
  }
  const naivelyAll = told.flatMap(records => Object.values(records)).reduce((sum, litres) => sum + litres, 0);
  const naivelyLast = Object.assign({}, ...(orders[1] ?? []).map(arrival => told[contentOf(arrival)])) as View;
  expect([naivelyAll, naivelyLast.A]).toEqual([360, 100]);
});

test("a correction withdrawn gives the word before it back, of every kind, and reinstated takes it again; a replay changes nothing", async () => {
  const order = [0, 1, 2, 3];
  const {c, histories} = await lived(alike(order));
  for (const history of histories) await expectHistory(c, history);
  for (const {loads} of histories) await c.decide(loads[1]?.load_id ?? 0, "withdrawn", "the correction was wrong");
  for (const {kind, loads} of histories)
    expect(await viewOf(c, kind, loads), kind.name).toEqual(expectedOf(kind, order, [1]));
  for (const {loads} of histories) await c.decide(loads[1]?.load_id ?? 0, "reinstated", "it was right");
  expect(await c.replay()).toEqual([]);
  for (const history of histories) await expectHistory(c, history);
});
