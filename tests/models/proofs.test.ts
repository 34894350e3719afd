import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {readRegisters} from "../../src/council/registers.ts";
import {parseModel} from "../../src/models/graph.ts";
import {proveModel} from "../../src/models/prove.ts";
import {type Connection, type Database, openDatabase} from "../../src/warehouse/connection.ts";
import {makeDataFolder} from "../support/data-folder.ts";

let database: Database;
let connection: Connection;

beforeAll(async () => {
  database = await openDatabase(":memory:", {folders: []});
  connection = await database.connect();
  await connection.run("create schema intermediate");
  await connection.run("create schema marts");
});

afterAll(() => {
  connection.close();
  database.close();
});

describe("a model that breaks its promise does not stand", () => {
  test("its grain", async () => {
    await connection.run(
      "create or replace table intermediate.a as select * from (values (1, 2), (1, 3), (2, 4)) as v(x, y)"
    );
    await expect(
      proveModel(connection, parseModel("intermediate", "a", "-- what it is\n-- grain: x\nselect 1"))
    ).rejects.toThrow('intermediate.a has more than one row for its grain (x): {"x":1,"times":2}');
    await expect(
      proveModel(connection, parseModel("intermediate", "a", "-- what it is\n-- grain: x, y\nselect 1"))
    ).resolves.toBeUndefined();
  });

  test("its check, and a check that is null is not met", async () => {
    await connection.run(
      "create or replace table intermediate.a as select * from (values (1, 2), (2, null)) as v(x, y)"
    );
    await expect(
      proveModel(connection, parseModel("intermediate", "a", "-- what it is\n-- check: y > x\nselect 1"))
    ).rejects.toThrow('intermediate.a breaks its check (y > x): {"x":2,"y":null}');
  });

  test("its contract: a column that is missing, of another type, or empty", async () => {
    const model = parseModel("marts", "held_meters", "-- what it is\nselect 1");
    const columns = (type: string, days: string) =>
      `select 'k' as meter_key, 'not in meter-points.csv' as why, 'f' as file_names, ${days}::${type} as days, timestamp_ms '2026-01-01' as first_date, timestamp_ms '2026-01-01' as last_date`;
    await connection.run(`create or replace table marts.held_meters as ${columns("integer", "1")}`);
    await expect(proveModel(connection, model)).resolves.toBeUndefined();
    await connection.run(`create or replace table marts.held_meters as ${columns("bigint", "1")}`);
    await expect(proveModel(connection, model)).rejects.toThrow(
      "marts.held_meters is not what its contract says at: days INTEGER"
    );
    await connection.run(`create or replace table marts.held_meters as ${columns("integer", "null")}`);
    await expect(proveModel(connection, model)).rejects.toThrow(
      "marts.held_meters has nothing where its contract promises a value"
    );
    await connection.run("create or replace table marts.held_meters as select 'k' as meter_key");
    await expect(proveModel(connection, model)).rejects.toThrow("at: why VARCHAR");
  });
});

describe("registers", () => {
  test.each([
    [
      "meter-points.csv",
      "1600000000011,town-hall,electricity,,,",
      "meter-points.csv, row 2, meter_point_id: 1600000000011: the check digit of the MPAN does not fit"
    ],
    [
      "meter-points.csv",
      "1600000000010,library,electricity,,,",
      "meter-points.csv, row 2, site_id: library: sites.csv has no such site"
    ],
    ["meter-points.csv", "1600000000010,town-hall,steam,,,", "meter-points.csv, row 2, energy: steam"],
    [
      "meter-points.csv",
      "1600000000010,town-hall,electricity,,01/04/2026,",
      "meter-points.csv, row 2, valid_from: 01/04/2026"
    ],
    [
      "meter-points.csv",
      "a,town-hall,gas,,,\na,town-hall,gas,,,",
      "meter-points.csv, row 3, meter_point_id: a: a meter is at two sites on one day"
    ],
    [
      "meter-points.csv",
      "a,town-hall,gas,,2026-04-01,2026-03-31",
      "meter-points.csv, row 2, valid_to: 2026-03-31: valid_to is before valid_from"
    ],
    [
      "sites.csv",
      "town-hall,Town Hall,office,,8am,18:00,Mon-Fri",
      "sites.csv, row 2, opens_at: 8am: a time on the half-hour, such as 08:30"
    ],
    [
      "sites.csv",
      "town-hall,Town Hall,office,,08:00,18:00,",
      "sites.csv, row 2, open_days: (nothing): opens_at, closes_at and open_days go together"
    ],
    ["sites.csv", "town-hall,Town Hall,office,-5,,,", "sites.csv, row 2, floor_area_m2: -5"]
  ])("%s with %s is refused by file, row, column and value", async (file, rows, words) => {
    const folder = await makeDataFolder();
    const header =
      file === "sites.csv"
        ? "site_id,name,kind,floor_area_m2,opens_at,closes_at,open_days"
        : "meter_point_id,site_id,energy,known_as,valid_from,valid_to";
    await writeFile(join(folder, "council", file), `${header}\n${rows}\n`);
    await expect(readRegisters(folder)).rejects.toThrow(words);
  });
});
