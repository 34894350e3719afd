import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {type Connection, type Database, openDatabase} from "../../../src/warehouse/connection.ts";
import {referenceFolder} from "./table.ts";

let database: Database;
let connection: Connection;

beforeAll(async () => {
  database = await openDatabase(":memory:", {folders: [referenceFolder]});
  connection = await database.connect();
  await connection.run(
    `create table factors as from read_csv('${referenceFolder}emission-factors.csv', header = true)`
  );
});

afterAll(() => {
  connection.close();
  database.close();
});

/** Tonnes of a quantity, by SQL as the models work it out: a factor is in kg per unit. */
async function tonnesOf(quantity: number, unit: string, activity: string, line: string, set: number): Promise<number> {
  const {tonnes} = await connection.row<{tonnes: number}>(
    `select $1::double * coalesce(kg_co2e_per_unit, kg_co2_per_unit) / 1000 as tonnes from factors
     where unit = $2 and activity = $3 and line = $4 and factor_set = $5`,
    [quantity, unit, activity, line, set]
  );
  return tonnes;
}

const electricity = (kwh: number, set: number) => tonnesOf(kwh, "kWh", "electricity", "generation", set);
const gas = (kwh: number, set: number) => tonnesOf(kwh, "kWh", "natural_gas", "combustion", set);

test("DuckDB reads the table as numbers, dates and nulls", async () => {
  const types = await connection.rows<{column_name: string; data_type: string}>(
    "select column_name, data_type from information_schema.columns where table_name = 'factors'"
  );
  const typeOf = new Map(types.map(({column_name, data_type}) => [column_name, data_type]));
  for (const name of typeOf.keys()) if (name.startsWith("kg_")) expect(typeOf.get(name), name).toBe("DOUBLE");
  expect([typeOf.get("factor_set"), typeOf.get("valid_from"), typeOf.get("scope")]).toEqual([
    "BIGINT",
    "DATE",
    "VARCHAR"
  ]);
  const {rows, outside} = await connection.row<{rows: bigint; outside: bigint}>(
    "select count(*) as rows, count(*) filter (scope = 'outside' and kg_co2e_per_unit is null) as outside from factors"
  );
  expect([rows, outside]).toEqual([402n, 48n]);
});

describe("worked examples that others have published", () => {
  test("100,000 kWh of electricity: 20.705 t with the 2024 set, 17.700 t with the 2025 set, all of the fall the factor's", async () => {
    const [before, after] = [await electricity(100_000, 2024), await electricity(100_000, 2025)];
    expect(before).toBeCloseTo(20.705, 9);
    expect(after).toBeCloseTo(17.7, 9);
    expect(after - before).toBeCloseTo(-3.005, 9);
  });

  test("gas at 0.18385, which is the 2019 set: 167.55, 18.39 and 36.77 t", async () => {
    expect(await gas(328 * 2778.54, 2019)).toBeCloseTo(167.55, 2);
    expect(await gas(100_000, 2019)).toBeCloseTo(18.385, 9);
    expect(await gas(200_000, 2019)).toBeCloseTo(36.77, 9);
  });

  test("electricity at 0.2556, which is the 2019 set: 75.99, 12.78 and 4.60 t", async () => {
    expect(await electricity(107 * 2778.54, 2019)).toBeCloseTo(75.99, 2);
    expect(await electricity(50_000, 2019)).toBeCloseTo(12.78, 9);
    expect(await electricity(18_000, 2019)).toBeCloseTo(4.6, 2);
  });

  test("1,000 kg is 1.000 t outside of scopes as it is within", async () => {
    const fuel = 1000 / 2.75541;
    const pellets = 1000 / 1677.18;
    expect(await tonnesOf(fuel, "l", "gas_oil", "combustion", 2025)).toBeCloseTo(1, 9);
    expect(await tonnesOf(pellets, "t", "wood_pellets", "biogenic", 2025)).toBeCloseTo(1, 9);
  });

  test("HVO: almost nothing in Scope 1, all of it outside of scopes", async () => {
    expect(await tonnesOf(1000, "l", "hvo", "combustion", 2025)).toBeCloseTo(0.03558, 9);
    expect(await tonnesOf(1000, "l", "hvo", "biogenic", 2025)).toBeCloseTo(2.43, 9);
  });
});
