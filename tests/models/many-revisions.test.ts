import {readFile} from "node:fs/promises";
import {afterAll, beforeAll, expect, test} from "vitest";
import {type Connection, type Database, openDatabase} from "../../src/warehouse/connection.ts";
import {loadMacros} from "../../src/warehouse/warehouse.ts";
import {rowsVisited} from "../support/rows-visited.ts";

let database: Database;
let connection: Connection;
let models: {readonly contradictions: string; readonly disputed: string};

beforeAll(async () => {
  database = await openDatabase(":memory:", {folders: []});
  connection = await database.connect();
  await loadMacros(connection);
  for (const schema of ["raw", "staging", "intermediate"]) await connection.run(`create schema ${schema}`);
  await connection.run(
    "create table staging.decided_days (load_id integer, meter_key varchar, channel varchar, unit varchar, settlement_date date, accepted_at timestamp)"
  );
  const model = (name: string) =>
    readFile(new URL(`../../src/models/intermediate/${name}.sql`, import.meta.url), "utf8");
  models = {contradictions: await model("contradictions"), disputed: await model("disputed_revisions")};
});
afterAll(() => {
  connection.close();
  database.close();
});

/** So many loads of one day of a meter, received one after the other: of load `n` every half-hour is `reading`, and it was archived in run `run`. */
async function loads(count: number, reading: string, run = "n"): Promise<void> {
  await connection.run(
    `create or replace table intermediate.retold_revisions as
     select
       'meter' as meter, 'import' as channel, 'kWh' as unit, date '2026-09-30' as settlement_date,
       list_transform(range(50), slot -> if(slot < 48, (${reading}), 0))::double[50] as quantity, ((1::ubigint << 48) - 1)::ubigint as present, 0::ubigint as estimated,
       n as precedence, n::integer as load_id, 'meter' as meter_key, 'import' as told_channel, 'kWh' as told_in, 1::double as kwh_per_unit,
       revision_name(n, 'meter', 'kWh') as revision
     from range(1, ${count + 1}) as r(n)`
  );
  await connection.run("create or replace table raw.meter_days as from intermediate.retold_revisions");
  await connection.run(
    `create or replace table staging.standing_loads as
     select load_id, timestamp '2026-10-01' + to_seconds(load_id) as received_at, null::timestamp as issued_at, null::varchar as sender, timestamp '2026-10-01' + to_seconds((${run.replaceAll("n", "load_id")})::bigint) as archived_in
     from intermediate.retold_revisions`
  );
  await connection.run(`create or replace table intermediate.contradictions as ${models.contradictions}`);
}

async function outcomes(): Promise<Readonly<Record<string, number>>> {
  const rows = await connection.rows<{outcome: string; loads: number}>(
    `select outcome, count(*)::integer as loads from (${models.disputed}) group by outcome`
  );
  return Object.fromEntries(rows.map(({outcome, loads: number}) => [outcome, number]));
}

// A day is compared with its first hundred revisions: each of these has more.
test.each([
  ["all different: the first counts", "n", "n", {counts: 1, waits: 299}],
  ["all different in one run: none counts", "n", "1", {tied: 300}],
  ["one of the first differs: all others count", "if(n = 7, 2, 1)", "n", {counts: 299, waits: 1}],
  ["one of the last differs: all others count", "if(n = 250, 2, 1)", "n", {counts: 299, waits: 1}],
  ["two words in turns: the first word counts", "n % 2", "n", {counts: 150, waits: 150}],
  ["the last fifty differ: they wait", "if(n > 250, n, 1)", "n", {counts: 250, waits: 50}]
])("of 300 loads of one day, %s", async (_what, reading, run, expected) => {
  await loads(300, reading, run);
  expect(await outcomes()).toEqual(expected);
});

test("four times as many loads of one day visit about four times as many rows", async () => {
  const visited = async (count: number) => {
    await loads(count, "n");
    return (await rowsVisited(connection, models.contradictions)) + (await rowsVisited(connection, models.disputed));
  };
  // A comparison of every pair visits sixteen times as many.
  const [few, many] = [await visited(400), await visited(1600)];
  expect(many / few).toBeLessThan(6);
});
