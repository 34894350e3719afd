import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {type Drawing, fuelFile} from "../support/fuel-files.ts";
import {writeRows} from "../support/registers.ts";

const products = [
  "keyfuels,018,diesel,diesel,illustrative",
  "keyfuels,001,unleaded,petrol,illustrative",
  "keyfuels,090,AdBlue,not_fuel,illustrative"
];
const vehicles = ["F417,QZ70 ABC,van,highways,diesel,,", "F418,QZ21DEF,car,care,petrol,,2026-06-30"];

async function fleet(): Promise<Canopy> {
  const canopy = new Canopy(await makeDataFolder());
  await writeRows(canopy.folder, "vehicles.csv", vehicles);
  await writeRows(canopy.folder, "fuel-products.csv", products);
  return canopy;
}

const bring = (canopy: Canopy, name: string, drawings: readonly Drawing[], made = "2026-07-02 02:00:00") =>
  canopy.bring(name, fuelFile(drawings, made), {feed: "fleet-fuel"});

const activity =
  "select strftime(month, '%Y-%m') as month, service, vehicle_kind, activity, quantity, credited_quantity, transactions, vehicles from marts.fleet_activity order by all";

describe("fuel cards", () => {
  test("a credit takes litres off, AdBlue is no fuel, a drawing of no vehicle counts and says so, an unknown product is held", async () => {
    const c = await fleet();
    const load = await bring(c, "june.E01", [
      {id: "100000001", at: "2026-06-22 07:41:12", registration: "QZ70ABC", product: "018", litres: 45.12},
      {id: "100000002", at: "2026-06-22 08:02:45", registration: "QZ21 DEF", product: "001", litres: 60},
      {id: "100000003", at: "2026-06-22 08:05:00", registration: "QZ21DEF", product: "001", litres: -60},
      {id: "100000004", at: "2026-06-22 09:00:00", registration: "QZ70ABC", product: "090", litres: 5},
      {id: "100000005", at: "2026-06-23 09:00:00", registration: "SPARE 2", product: "018", litres: 20},
      {
        id: "100000006",
        at: "2026-06-23 09:30:00",
        registration: "JERRYCAN",
        fleetNumber: "417",
        product: "018",
        litres: 10
      },
      {id: "100000007", at: "2026-06-23 10:00:00", registration: "QZ70ABC", product: "077", litres: 7}
    ]);
    expect(load).toMatchObject({
      layout: "keyfuels-e01",
      rows_read: 7,
      rows_landed: 7,
      rows_rejected: 0,
      transactions: 7
    });
    expect(await c.ask(activity)).toEqual([
      {
        month: "2026-06",
        service: "care",
        vehicle_kind: "car",
        activity: "petrol",
        quantity: 0,
        credited_quantity: 60,
        transactions: 2,
        vehicles: 1
      },
      {
        month: "2026-06",
        service: "highways",
        vehicle_kind: "van",
        activity: "diesel",
        quantity: 55.12,
        credited_quantity: 0,
        transactions: 2,
        vehicles: 1
      },
      {
        month: "2026-06",
        service: "unallocated",
        vehicle_kind: "unallocated",
        activity: "diesel",
        quantity: 20,
        credited_quantity: 0,
        transactions: 1,
        vehicles: null
      }
    ]);
    expect(await c.ask("select provider, product_code, transactions, quantity_l from marts.held_fuel")).toEqual([
      {provider: "keyfuels", product_code: "077", transactions: 1, quantity_l: 7}
    ]);
    // 75.12 l × the 2026 set's diesel, which stands in for one not in hand: provisional.
    expect(
      await c.ask(
        "select scope, line, quantity, factor_set, is_provisional from marts.annual_emissions where activity = 'diesel' order by scope"
      )
    ).toEqual([
      {scope: "1", line: "combustion", quantity: 75.12, factor_set: 2026, is_provisional: true},
      {scope: "3", line: "well_to_tank", quantity: 75.12, factor_set: 2026, is_provisional: true},
      {scope: "outside", line: "biogenic", quantity: 75.12, factor_set: 2026, is_provisional: true}
    ]);
  });

  test("no registration is held in the warehouse or published, only a pseudonym under a key that stands elsewhere", async () => {
    const c = await fleet();
    await bring(c, "june.E01", [
      {id: "100000001", at: "2026-06-22 07:41:12", registration: "QZ70ABC", product: "018", litres: 45.12}
    ]);
    await c.ask(activity);
    const [row] = await c.live<{registration_pseudonym: string}>(
      "select registration_pseudonym from raw.fuel_transactions"
    );
    expect(row?.registration_pseudonym).toMatch(/^[0-9a-f]{32}$/);
    for (const file of ["canopy.duckdb", "published.duckdb"]) {
      const bytes = await readFile(join(c.folder, "warehouse", file));
      for (const secret of [
        "QZ70ABC",
        "QZ70 ABC",
        (await readFile(join(c.folder, ".keys", "pseudonyms"), "utf8")).trim()
      ])
        expect(bytes.includes(secret), `${file} ${secret}`).toBe(false);
    }
  });

  test("weekly and monthly files of the same drawings count once; a correction wins by its issue; a withdrawal brings the first back", async () => {
    const c = await fleet();
    const drawing = {
      id: "100000001",
      at: "2026-06-22 07:41:12",
      registration: "QZ70ABC",
      product: "018",
      litres: 45.12
    };
    await bring(c, "month.E01", [{...drawing, litres: 54.12}], "2026-07-02 02:00:00");
    await bring(c, "week.E01", [drawing], "2026-06-23 02:00:00");
    const litres = async () => (await c.ask<{quantity: number}>(activity)).map(({quantity}) => quantity);
    expect(await litres()).toEqual([54.12]);
    await c.decide(1, "withdrawn", "wrong");
    expect(await litres()).toEqual([45.12]);
  });

  test("a drawing twice in one file is one; a number twice with other words is rejected, both", async () => {
    const c = await fleet();
    const drawing = {
      id: "100000001",
      at: "2026-06-22 07:41:12",
      registration: "QZ70ABC",
      product: "018",
      litres: 45.12
    };
    const load = await bring(c, "june.E01", [
      drawing,
      drawing,
      {...drawing, id: "100000002"},
      {...drawing, id: "100000002", litres: 46}
    ]);
    expect(load).toMatchObject({rows_read: 4, rows_landed: 1, rows_duplicate: 1, rows_rejected: 2});
    expect(
      await c.ask("select rule, value, row_number::integer as row_number from marts.rejects order by row_number")
    ).toEqual([
      {rule: "repeated", value: "100000002/001", row_number: 3},
      {rule: "repeated", value: "100000002/001", row_number: 4}
    ]);
  });

  test("a file whose control record does not agree is refused whole, with both numbers", async () => {
    const c = await fleet();
    const text = fuelFile(
      [{id: "100000001", at: "2026-06-22 07:41:12", registration: "QZ70ABC", product: "018", litres: 45.12}],
      "2026-07-02 02:00:00"
    );
    const load = await c.bring("june.E01", text.replace('"00000045.12","+","0', '"00000054.12","+","0'), {
      feed: "fleet-fuel"
    });
    expect(load.outcome).toBe("refused");
    expect(load.reason).toMatch(/54\.12/);
    expect(load.reason).toMatch(/45\.12/);
  });

  test("what is not a fuel file is refused with the forms that are known, and a half-hourly one is not guessed at", async () => {
    const c = await fleet();
    const load = await c.bring("june.csv", "MPAN,Date\n1,2\n", {feed: "fleet-fuel"});
    expect(load).toMatchObject({
      outcome: "refused",
      reason: expect.stringMatching(/^none of the forms known for fleet-fuel: .*keyfuels-e01/)
    });
  });

  test("a vehicle that has left draws no more under its number, and two of one registration at one time are refused", async () => {
    const c = await fleet();
    await bring(c, "july.E01", [
      {id: "100000001", at: "2026-07-01 07:41:12", registration: "QZ21DEF", product: "001", litres: 30}
    ]);
    expect(await c.ask(activity)).toMatchObject([{service: "unallocated", quantity: 30}]);
    await writeRows(c.folder, "vehicles.csv", ["F1,QZ70ABC,van,highways,diesel,,", "F2,qz70 abc,van,parks,diesel,,"]);
    await expect(c.ask("select 1")).rejects.toThrow(
      "vehicles.csv, row 3, registration: vehicle F2 and F1 of row 2 have the same one at one time"
    );
  });
});
