import {readFile, stat, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {answer} from "../../src/commands/query/answer.ts";
import {openWarehouse} from "../../src/warehouse/warehouse.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {flat, portalFile} from "../support/supplier-files.ts";

const outside = join(tmpdir(), "canopy-outside.csv");

describe("the warehouse touches nothing beyond its folder", () => {
  test.each([
    ["reading", `select * from read_csv('${outside}')`],
    ["reading by a relative path", "select * from read_csv('../../../../../../etc/passwd')"],
    ["writing", `copy (select 1) to '${outside}.out'`],
    ["attaching", `attach '${outside}.duckdb' as other`],
    ["changing a setting", "set enable_external_access = true"],
    ["loading an extension", "load httpfs"],
    ["installing an extension", "install httpfs"]
  ])("%s outside is denied", async (_what, sql) => {
    await writeFile(outside, "a\n1\n");
    const folder = await makeDataFolder();
    const warehouse = await openWarehouse(folder);
    try {
      await expect(warehouse.connection.run(sql)).rejects.toThrow();
    } finally {
      await warehouse.close();
    }
    await expect(stat(`${outside}.out`)).rejects.toThrow();
  });

  test("a text that holds two statements is refused", async () => {
    const warehouse = await openWarehouse(await makeDataFolder());
    try {
      await expect(warehouse.connection.run("select 1; drop table raw.meter_days")).rejects.toThrow(
        "multiple statements"
      );
      expect(await warehouse.connection.rows("select count(*)::integer as rows from raw.meter_days")).toEqual([
        {rows: 0}
      ]);
    } finally {
      await warehouse.close();
    }
  });
});

describe("one writer", () => {
  test("a second one is told so, and the place is free when the first has gone", async () => {
    const folder = await makeDataFolder();
    const first = await openWarehouse(folder);
    await expect(openWarehouse(folder)).rejects.toThrow(`another canopy is writing to ${folder}`);
    await first.close();
    await (await openWarehouse(folder)).close();
  });
});

describe("query", () => {
  test("answers while the warehouse is open for writing, and changes nothing", async () => {
    const canopy = new Canopy(await makeDataFolder());
    await canopy.bring("a.csv", portalFile("02/10/26 07:00", [{mpan: mpans[0], date: "2026-09-01", cells: flat(1.5)}]));
    await canopy.ask("select 1 as one");
    const published = join(canopy.folder, "warehouse", "published.duckdb");
    const before = await readFile(published);
    const writer = await openWarehouse(canopy.folder);
    try {
      expect(await answer(canopy.folder, "select site_id, consumption_kwh from marts.site_energy_daily", "csv")).toBe(
        "site_id,consumption_kwh\r\ntown-hall,72"
      );
      expect(
        JSON.parse(await answer(canopy.folder, "select settlement_date, present from marts.meter_days", "json"))
      ).toEqual([{settlement_date: "2026-09-01T00:00:00.000Z", present: 2 ** 48 - 1}]);
      expect(await answer(canopy.folder, "select site_id, consumption_kwh from site_energy_daily", "table")).toBe(
        "site_id    consumption_kwh\n─────────  ───────────────\ntown-hall               72\n\n1 row"
      );
      for (const sql of ["delete from marts.site_energy_daily", "create table x as select 1", "drop table marts.loads"])
        await expect(answer(canopy.folder, sql, "table")).rejects.toThrow(/read-only/i);
    } finally {
      await writer.close();
    }
    expect((await readFile(published)).equals(before)).toBe(true);
  });
});
