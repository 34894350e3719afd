import {expect, test} from "vitest";
import {kindOfRow, scopeOf} from "../../../src/reference/factors/labels.ts";

test.each([
  ["kg CO2e", "Fuels", "co2e"],
  ["kg CO2e`", "Fuels", "co2e"],
  ["kg CO₂e", "Fuels", "co2e"],
  ["Total kg CO2e per unit", "Fuels", "co2e"],
  ["kg CO2", "Outside of scopes", "co2"],
  ["kg CO2e of CO2 per unit", "Fuels", "co2"],
  ["kg CH4", "Fuels", "ch4"],
  ["kg CO2e of N2O per unit", "Fuels", "n2o"],
  ["kWh (Net CV)", "SECR kWh pass & delivery vehs", "energy"],
  ["kWh", "SECR kWh UK electricity for EVs", "energy"],
  ["`", "SECR kWh UK electricity for EVs", "energy"],
  ["`", "Fuels", "unknown"],
  ["kg CO2e of HFC per unit", "Fuels", "unknown"],
  ["t CO2e", "Fuels", "unknown"]
])("the unit %s on the sheet %s is %s", (label, level_1, kind) => {
  expect(kindOfRow(label, level_1)).toBe(kind);
});

test("a scope is one of four, however it is spelt", () => {
  expect(["Scope 1", "scope 2 ", "Scope 3", "Outside of Scopes", "Scope 1/2", ""].map(scopeOf)).toEqual([
    "1",
    "2",
    "3",
    "outside",
    null,
    null
  ]);
});
