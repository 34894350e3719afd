import {mkdir, readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {openDatabase} from "../../src/warehouse/connection.ts";
import {withWarehouse} from "../../src/warehouse/warehouse.ts";
import {deliver} from "../durability/folder.ts";
import {canopyLine} from "../hostile/command-line.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {flat, portalFile} from "../support/supplier-files.ts";

const folder = new URL("../../src/warehouse/migrations/", import.meta.url);
const names = (await readdir(folder)).filter(name => name.endsWith(".sql")).sort();
const [mpan] = mpans;

/** Makes the warehouse as an earlier version left it: the first migrations, and a load with a day of readings in the tables as they then were. */
async function warehouseOf(data: string, migrations: readonly string[]): Promise<void> {
  await mkdir(join(data, "warehouse"), {recursive: true});
  const database = await openDatabase(join(data, "warehouse", "canopy.duckdb"), {folders: []});
  const connection = await database.connect();
  for (const name of migrations) {
    await connection.script(await readFile(new URL(name, folder), "utf8"));
    await connection.run("create table if not exists main.migrations (name varchar primary key)");
    await connection.run("insert into main.migrations values ($1)", [name]);
  }
  await connection.run(
    `insert into ops.runs (run_id, command, started_at, outcome) values (1, 'ingest', timestamp '2026-10-01 07:00', 'done')`
  );
  await connection.run("checkpoint");
  connection.close();
  database.close();
}

test.each(names.map((name, index) => [index + 1, name] as const))(
  "a data folder of %i migrations, to %s, is brought forward and goes on",
  async (count, _) => {
    const data = await makeDataFolder([{id: mpan}]);
    await warehouseOf(data, names.slice(0, count));
    await deliver(data, "october.csv", portalFile("01/11/26 07:00", [{mpan, date: "2026-10-05", cells: flat(1.5)}]));
    const {code, printed} = await canopyLine(["ingest"], data);
    expect(code, printed).toBe(0);
    expect(printed).not.toContain("the warehouse was damaged");
    const c = new Canopy(data);
    expect(await c.live("select count(*)::integer as runs from ops.runs where command = 'ingest'")).toEqual([
      {runs: 2}
    ]);
    expect(await c.ask("select total_kwh as kwh from marts.meter_days")).toEqual([{kwh: 72}]);
  }
);

test("a folder of a later version is not understood, said, and made again from the archive", async () => {
  const data = await makeDataFolder([{id: mpan}]);
  await deliver(data, "october.csv", portalFile("01/11/26 07:00", [{mpan, date: "2026-10-05", cells: flat(1.5)}]));
  await canopyLine(["ingest"], data);
  await withWarehouse(
    data,
    ({connection}) => connection.run("insert into main.migrations values ('999-later.sql')"),
    () => {}
  );
  const {code, printed} = await canopyLine(["build"], data);
  expect(code).toBe(0);
  expect(printed).toMatch(/the warehouse was damaged \(it was made by a later version of canopy\)/);
  expect(printed).toContain("1 load of the archive landed first");
});
