import {beforeAll, describe, expect, test} from "vitest";
import {breachesOf, type Limits, readLimits} from "../../../src/reference/factors/checks.ts";
import {factorsUsed} from "../../../src/reference/factors/factors-used.ts";
import {type FactorRow, figureOf, keyOf, kgOf, readFactorTable} from "./table.ts";

let rows: FactorRow[];
let limits: Limits;
let sets: Map<number, Map<string, FactorRow>>;

beforeAll(async () => {
  rows = await readFactorTable();
  limits = await readLimits();
  sets = new Map();
  for (const row of rows) {
    const set = sets.get(row.factor_set) ?? new Map<string, FactorRow>();
    sets.set(row.factor_set, set.set(keyOf(row), row));
  }
});

const breaches = (row: FactorRow) => breachesOf(row, limits);

describe("the factor table", () => {
  test("has every factor once in each set, and those that a set does not publish are known by name", () => {
    expect(rows).toHaveLength([...sets.values()].reduce((sum, set) => sum + set.size, 0));
    const notYet = ["electricity biogenic kWh", "hvo biogenic l", "hvo combustion l", "hvo well_to_tank l"];
    const wanted = factorsUsed.map(keyOf).sort();
    for (let year = 2018; year <= 2026; year += 1) {
      const missing = wanted.filter(key => !sets.get(year)?.has(key));
      expect(missing, String(year)).toEqual(year < 2021 ? notYet : []);
      expect(sets.get(year)?.size, String(year)).toBe(wanted.length - missing.length);
    }
  });

  test("describes each factor as the list of factors used does", () => {
    const used = new Map(factorsUsed.map(factor => [keyOf(factor), factor]));
    for (const row of rows) {
      const {scope, lifecycle_stage, calorific_basis} = used.get(keyOf(row)) ?? {};
      expect({...row}).toMatchObject({scope, lifecycle_stage, calorific_basis});
    }
  });

  test("meets every rule in every row", () => {
    const broken = rows.flatMap(row => breaches(row).map(rule => `${row.factor_set} ${keyOf(row)}: ${rule}`));
    expect(broken).toEqual([]);
  });

  test("would be caught breaking a rule", () => {
    const gas = sets.get(2025)?.get("natural_gas combustion kWh") as FactorRow;
    const biogenic = sets.get(2025)?.get("electricity biogenic kWh") as FactorRow;
    expect(breaches({...gas, kg_co2_per_unit: 0.18297, kg_ch4_co2e_per_unit: 0, kg_n2o_co2e_per_unit: 0})).toEqual([
      "CO2 is not above CO2e"
    ]);
    expect(breaches({...gas, kg_ch4_co2e_per_unit: 0.00031})).toEqual(["parts sum to CO2e within 0.000025"]);
    expect(breaches({...gas, kg_ch4_co2e_per_unit: null})).toEqual(["all parts or none"]);
    expect(breaches({...biogenic, kg_co2e_per_unit: 0.11507})).toEqual([
      "outside of scopes there is CO2 and nothing else"
    ]);
  });

  test("losses are 5 to 12 % of generation, in their own line and in their well-to-tank line", () => {
    for (const [year, set] of sets) {
      const ratio = (loss: string, whole: string) =>
        figureOf(set.get(loss) as FactorRow) / figureOf(set.get(whole) as FactorRow);
      for (const share of [
        ratio("electricity transmission_distribution kWh", "electricity generation kWh"),
        ratio("electricity well_to_tank_of_transmission_distribution kWh", "electricity well_to_tank_of_generation kWh")
      ]) {
        expect(share, String(year)).toBeGreaterThan(0.05);
        expect(share, String(year)).toBeLessThan(0.12);
      }
    }
  });

  test("well-to-tank of a fossil fuel is below half of its combustion", () => {
    const fossil = ["natural_gas", "gas_oil", "diesel", "petrol", "burning_oil", "lpg"];
    for (const row of rows.filter(({activity, line}) => fossil.includes(activity) && line === "well_to_tank")) {
      const burnt = sets.get(row.factor_set)?.get(keyOf({...row, line: "combustion"})) as FactorRow;
      expect(figureOf(row)).toBeLessThan(figureOf(burnt) / 2);
    }
  });

  test("says when a figure holds, on which warming potentials, and who published it", () => {
    for (const row of rows) {
      expect(row).toMatchObject({
        valid_from: `${row.factor_set}-01-01`,
        valid_to: `${row.factor_set}-12-31`,
        gwp_basis: row.factor_set <= 2022 ? "AR4" : "AR5",
        publisher: row.factor_set <= 2022 ? "BEIS" : "DESNZ",
        confirmation: row.factor_set === 2026 ? "provisional" : "official"
      });
      expect(row.source).toMatch(
        row.held_as === "workbook" ? /^\S+\.xlsx?: .+, rows? \d+(-\d+)?(, .+)?$/ : /\.csv\.gz: /
      );
      expect(row.set_version !== null || row.held_as === "republication" || row.stand_in !== null).toBe(true);
    }
  });
});

describe("what stands in for a figure that is not there", () => {
  test("is named, is of 2026 alone, and is the 2025 figure to the last digit", () => {
    const standIns = rows.filter(({stand_in}) => stand_in !== null);
    expect(standIns).toHaveLength(32);
    for (const row of standIns) {
      const original = sets.get(2025)?.get(keyOf(row)) as FactorRow;
      expect(row).toMatchObject({factor_set: 2026, stand_in: "2025 set", confirmation: "provisional"});
      expect(row.note).toContain("the 2025 set stands in");
      expect(row).toMatchObject({source: original.source, source_sha256: original.source_sha256});
      expect(kgOf(row)).toEqual(kgOf(original));
    }
  });

  test("leaves the figures of 2026 that are there", () => {
    const own = rows.filter(row => row.factor_set === 2026 && row.stand_in === null);
    expect(own.map(row => `${keyOf(row)} ${figureOf(row)}`)).toEqual([
      "electricity generation kWh 0.13096",
      "electricity transmission_distribution kWh 0.01299",
      "electricity well_to_tank_of_generation kWh 0.03682",
      "electricity well_to_tank_of_transmission_distribution kWh 0.00359",
      "natural_gas combustion kWh 0.18231",
      "natural_gas well_to_tank kWh 0.03021",
      "diesel combustion l 2.58354",
      "diesel well_to_tank l 0.61101",
      "petrol combustion l 2.075",
      "petrol well_to_tank l 0.58094",
      "car_petrol travel km 0.16152",
      "car_diesel travel km 0.17265",
      "car_hybrid travel km 0.12961",
      "car_unknown_fuel travel km 0.16591"
    ]);
  });
});
