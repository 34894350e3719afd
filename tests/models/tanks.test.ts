import {describe, expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {type Movement, tankLog} from "../support/fleet-records.ts";
import {fuelFile} from "../support/fuel-files.ts";
import {writeRows} from "../support/registers.ts";

const products = [
  "bunkered-tank,DERV,diesel of the yard,diesel,illustrative",
  "bunkered-tank,RED,gas oil of the yard,gas_oil,illustrative",
  "keyfuels,018,diesel,diesel,illustrative"
];
const vehicles = ["F417,QZ38FTS,refuse vehicle,waste,diesel,,", "F418,QZ21DEF,sweeper,streets,diesel,,"];

async function yard(): Promise<Canopy> {
  const c = new Canopy(await makeDataFolder());
  await writeRows(c.folder, "vehicles.csv", vehicles);
  await writeRows(c.folder, "fuel-products.csv", products);
  return c;
}

const bring = (c: Canopy, name: string, movements: readonly Movement[]) =>
  c.bring(name, tankLog(movements), {feed: "fleet-fuel"});

const activity = (c: Canopy) =>
  c.ask(
    "select strftime(month, '%Y-%m') as month, service, activity, quantity as litres, transactions from marts.fleet_activity order by all"
  );

/** June 2026 of one tank: 10,000 l, and 5,000 l, less 200 l, should leave 14,800 l. */
const june = (closing: number): Movement[] => [
  {at: "31/05/2026 18:00:00", type: "DIP", dip: 10000},
  {at: "02/06/2026 07:00:00", type: "DISPENSE", vehicle: "QZ38 FTS", litres: "120.5"},
  {at: "03/06/2026 07:10:00", type: "DISPENSE", vehicle: "F418", litres: "79.5"},
  {at: "10/06/2026 09:00:00", type: "DELIVERY", litres: 5000},
  {at: "30/06/2026 17:00:00", type: "DIP", dip: closing}
];

describe("fuel of the council's own tanks", () => {
  test("what is dispensed is drawn, by registration and by fleet number; deliveries and dips are not", async () => {
    const c = await yard();
    const load = await bring(c, "yard.csv", june(14800));
    expect(load).toMatchObject({layout: "bunkered-tank", rows_landed: 5, rows_rejected: 0});
    expect(await activity(c)).toEqual([
      {month: "2026-06", service: "streets", activity: "diesel", litres: 79.5, transactions: 1},
      {month: "2026-06", service: "waste", activity: "diesel", litres: 120.5, transactions: 1}
    ]);
    expect(
      await c.ask(
        "select emission_source, quantity, activity_data from marts.annual_emissions where line = 'combustion'"
      )
    ).toEqual([{emission_source: "fleet", quantity: 200, activity_data: "fuel tanks"}]);
  });

  test("0.5 % of what was dispensed is within tolerance, more is not, and of two dips alone anything is said", async () => {
    const check =
      "select strftime(month, '%Y-%m') as month, opening_dip_l, delivered_between_dips_l as delivered, dispensed_between_dips_l as dispensed, closing_dip_l, difference_l, round(difference_share, 6) as share, is_beyond_tolerance as beyond from marts.tank_reconciliation order by month";
    const may = {
      month: "2026-05",
      opening_dip_l: null,
      delivered: null,
      dispensed: null,
      closing_dip_l: 10000,
      difference_l: null,
      share: null,
      beyond: null
    };
    const within = await yard();
    await bring(within, "yard.csv", june(14799));
    const row = {month: "2026-06", opening_dip_l: 10000, delivered: 5000, dispensed: 200};
    expect(await within.ask(check)).toEqual([
      may,
      {...row, closing_dip_l: 14799, difference_l: 1, share: 0.005, beyond: false}
    ]);
    const beyond = await yard();
    await bring(beyond, "yard.csv", june(14798));
    expect(await beyond.ask(check)).toEqual([
      may,
      {...row, closing_dip_l: 14798, difference_l: 2, share: 0.01, beyond: true}
    ]);
  });

  test("a month without a dip before it opens with its first; what moved before that is in no difference", async () => {
    const c = await yard();
    await bring(c, "yard.csv", [
      {at: "01/06/2026 07:00:00", type: "DISPENSE", litres: 50},
      {at: "02/06/2026 18:00:00", type: "DELIVERY", litres: 1000, dip: 3000},
      {at: "03/06/2026 07:00:00", type: "DISPENSE", litres: 400},
      {at: "04/06/2026 18:00:00", type: "DIP", dip: 2600},
      {at: "05/06/2026 07:00:00", type: "DISPENSE", litres: 60}
    ]);
    expect(
      await c.ask(
        "select opening_dip_l, closing_dip_l, dispensed_l, dispensed_between_dips_l as between_l, difference_l, is_beyond_tolerance as beyond from marts.tank_reconciliation"
      )
    ).toEqual([
      {opening_dip_l: 3000, closing_dip_l: 2600, dispensed_l: 510, between_l: 400, difference_l: 0, beyond: false}
    ]);
  });

  test("overlapping logs count once, a later word on a movement stands, and a movement is of the month of the wall clock", async () => {
    const c = await yard();
    const late: Movement = {at: "01/07/2026 00:30:00", type: "DISPENSE", vehicle: "QZ38FTS", litres: 100};
    await bring(c, "june.csv", [...june(14800), late]);
    await bring(c, "july.csv", [
      {...late, litres: 90},
      {at: "02/07/2026 08:00:00", type: "DISPENSE", litres: 5}
    ]);
    expect(await activity(c)).toEqual([
      {month: "2026-06", service: "streets", activity: "diesel", litres: 79.5, transactions: 1},
      {month: "2026-06", service: "waste", activity: "diesel", litres: 120.5, transactions: 1},
      {month: "2026-07", service: "unallocated", activity: "diesel", litres: 5, transactions: 1},
      {month: "2026-07", service: "waste", activity: "diesel", litres: 90, transactions: 1}
    ]);
  });

  test("gas oil is plant's, tanks and cards are added up and say so, and a product that no list names is held", async () => {
    const c = await yard();
    await bring(c, "yard.csv", [
      {at: "05/06/2025 07:00:00", type: "DISPENSE", litres: 1000, product: "Red", tank: "SOUTH YARD"},
      {at: "05/06/2025 08:00:00", type: "DISPENSE", litres: 100, vehicle: "QZ38FTS"},
      {at: "05/06/2025 09:00:00", type: "DISPENSE", litres: 30, product: "KERO"}
    ]);
    const card = {id: "300000001", at: "2025-09-22 07:41:12", registration: "QZ21DEF", product: "018", litres: 50};
    await c.bring("cards.E01", fuelFile([card], "2025-10-02 02:00:00"), {feed: "fleet-fuel"});
    // The 2025 set: gas oil 2.75541 and 0.62665 kg/l, diesel 2.57082 kg/l.
    const emissions = await c.ask<{t: number}>(
      "select emission_source, activity, scope, quantity, activity_data, round(emissions_t_co2e, 5) as t from marts.annual_emissions where scope <> 'outside' order by activity, scope"
    );
    expect(emissions).toMatchObject([
      {emission_source: "fleet", activity: "diesel", scope: "1", quantity: 150, activity_data: "fuel cards and tanks"},
      {emission_source: "fleet", activity: "diesel", scope: "3", quantity: 150},
      {
        emission_source: "plant",
        activity: "gas_oil",
        scope: "1",
        quantity: 1000,
        activity_data: "fuel tanks",
        t: 2.75541
      },
      {emission_source: "plant", activity: "gas_oil", scope: "3", quantity: 1000, t: 0.62665}
    ]);
    expect(await c.ask("select provider, product_code, transactions, quantity_l from marts.held_fuel")).toEqual([
      {provider: "bunkered-tank", product_code: "KERO", transactions: 1, quantity_l: 30}
    ]);
  });
});
