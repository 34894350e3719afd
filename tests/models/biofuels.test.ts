import {expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {fuelFile} from "../support/fuel-files.ts";
import {writeRows} from "../support/registers.ts";

const drawing = {id: "400000001", at: "2025-06-22 07:41:12", registration: "QZ38FTS", product: "080", litres: 1000};

async function fleetOf(product: string): Promise<Canopy> {
  const c = new Canopy(await makeDataFolder());
  await writeRows(c.folder, "fuel-products.csv", [product]);
  await c.bring("june.E01", fuelFile([drawing], "2025-07-02 02:00:00"), {feed: "fleet-fuel"});
  return c;
}

test("1,000 l of HVO is 0.03558 t in scope 1, 0.56439 t in scope 3 and 2.43 t of CO2 outside of scopes, in no total", async () => {
  const c = await fleetOf("keyfuels,080,HVO,hvo,confirmed");
  expect(
    await c.ask(
      "select emission_source, scope, line, quantity, emissions_t_co2e, emissions_t_co2 from marts.annual_emissions order by scope"
    )
  ).toEqual([
    {
      emission_source: "fleet",
      scope: "1",
      line: "combustion",
      quantity: 1000,
      emissions_t_co2e: 0.03558,
      emissions_t_co2: null
    },
    {
      emission_source: "fleet",
      scope: "3",
      line: "well_to_tank",
      quantity: 1000,
      emissions_t_co2e: 0.56439,
      emissions_t_co2: null
    },
    {
      emission_source: "fleet",
      scope: "outside",
      line: "biogenic",
      quantity: 1000,
      emissions_t_co2e: null,
      emissions_t_co2: 2.43
    }
  ]);
  expect(await c.ask("select scope, emissions_t_co2e from marts.emissions_by_source order by scope")).toEqual([
    {scope: "1", emissions_t_co2e: 0.03558},
    {scope: "3", emissions_t_co2e: 0.56439}
  ]);
});

test("a fuel of which the table holds no factor is refused where it is named, with those it does hold", async () => {
  const c = await fleetOf("keyfuels,080,B100,biodiesel,confirmed");
  await expect(c.ask("select 1")).rejects.toThrow(
    /fuel-products\.csv, row 2, activity: biodiesel: one of diesel, petrol, gas_oil, hvo, lpg, not_fuel: there is no factor of another fuel/
  );
});

test("a year whose set has no factor of HVO is an error that names it, never a neighbour's", async () => {
  const c = new Canopy(await makeDataFolder());
  await writeRows(c.folder, "fuel-products.csv", ["keyfuels,080,HVO,hvo,confirmed"]);
  await c.bring("old.E01", fuelFile([{...drawing, at: "2019-06-22 07:41:12"}], "2019-07-02 02:00:00"), {
    feed: "fleet-fuel"
  });
  await expect(c.ask("select 1")).rejects.toThrow(/breaks its check \(line is not null\).*"activity":"hvo"/);
});
