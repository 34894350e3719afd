import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {beforeAll, describe, expect, test} from "vitest";
import {breachesOf, type Limits, readLimits} from "../../../src/reference/factors/checks.ts";
import {factorsUsed} from "../../../src/reference/factors/factors-used.ts";
import {emissionFactors as factorTable, readFactors} from "../../../src/reference/factors/table.ts";
import {makeDataFolder} from "../../support/data-folder.ts";
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
        row.held_as === "workbook"
          ? /^\S+\.xlsx?: .+, rows? \d+(-\d+)?(, .+)?$/
          : /^(factors_summary\.csv\.gz|desnz_2026_v1_2_extract\.csv): /
      );
      expect(row.set_version !== null || row.held_as === "republication" || row.stand_in !== null).toBe(true);
    }
  });
});

describe("what stands in for a figure that is not there", () => {
  test("is named, is of 2026 alone, and is the 2025 figure to the last digit", () => {
    const standIns = rows.filter(({stand_in}) => stand_in !== null);
    expect(standIns.map(keyOf)).toEqual([
      "electricity biogenic kWh",
      "diesel biogenic l",
      "petrol biogenic l",
      "hvo biogenic l",
      "wood_pellets biogenic kWh",
      "wood_pellets biogenic t"
    ]);
    for (const row of standIns) {
      const original = sets.get(2025)?.get(keyOf(row)) as FactorRow;
      expect(row).toMatchObject({factor_set: 2026, stand_in: "2025 set", confirmation: "provisional"});
      expect(row.note).toContain("the 2025 set stands in");
      expect(row).toMatchObject({source: original.source, source_sha256: original.source_sha256});
      expect(kgOf(row)).toEqual(kgOf(original));
    }
  });

  // Each read off the extract by hand, not off the table.
  test("leaves the figures of 2026 that are there, each of version 1.2 and second-hand", () => {
    const own = rows.filter(row => row.factor_set === 2026 && row.stand_in === null);
    for (const row of own) {
      expect(row).toMatchObject({set_version: "1.2", held_as: "republication", confirmation: "provisional"});
      expect(row.note).toMatch(/^second-hand: /);
    }
    expect(own.map(row => `${keyOf(row)} ${figureOf(row)}`)).toEqual([
      "electricity generation kWh 0.13096",
      "electricity transmission_distribution kWh 0.01299",
      "electricity well_to_tank_of_generation kWh 0.03682",
      "electricity well_to_tank_of_transmission_distribution kWh 0.00359",
      "natural_gas combustion kWh 0.18231",
      "natural_gas well_to_tank kWh 0.03021",
      "gas_oil combustion l 2.75541",
      "gas_oil well_to_tank l 0.62665",
      "diesel combustion l 2.58354",
      "diesel well_to_tank l 0.61101",
      "petrol combustion l 2.075",
      "petrol well_to_tank l 0.58094",
      "burning_oil combustion l 2.54016",
      "burning_oil well_to_tank l 0.53078",
      "lpg combustion l 1.55713",
      "lpg well_to_tank l 0.18551",
      "hvo combustion l 0.03558",
      "hvo well_to_tank l 0.56439",
      "wood_pellets combustion kWh 0.01193",
      "wood_pellets well_to_tank kWh 0.03744",
      "wood_pellets combustion t 57.25249",
      "wood_pellets well_to_tank t 177",
      "water_supply supply m3 0.1913",
      "water_treatment treatment m3 0.17088",
      "car_petrol travel km 0.16152",
      "car_petrol well_to_tank km 0.04599",
      "car_diesel travel km 0.17265",
      "car_diesel well_to_tank km 0.04146",
      "car_hybrid travel km 0.12961",
      "car_hybrid well_to_tank km 0.03315",
      "car_plug_in_hybrid travel km 0.09918",
      "car_plug_in_hybrid well_to_tank km 0.02934",
      "car_electric travel km 0.02951",
      "car_electric well_to_tank km 0.01049",
      "car_lpg travel km 0.19553",
      "car_lpg well_to_tank km 0.02341",
      "car_unknown_fuel travel km 0.16591",
      "car_unknown_fuel well_to_tank km 0.04399",
      "motorbike travel km 0.11367",
      "motorbike well_to_tank km 0.02956"
    ]);
  });
});

describe("a table that a build reads", () => {
  const broken: readonly (readonly [what: string, change: (row: FactorRow) => object, says: RegExp])[] = [
    [
      "gases that do not sum",
      ({kg_ch4_co2e_per_unit: kg}) => ({kg_ch4_co2e_per_unit: (kg ?? 0) + 0.001}),
      /row 2: .*parts sum/
    ],
    ["more CO2 than CO2e", () => ({kg_co2_per_unit: 9}), /CO2 is not above/],
    [
      "a factor ten times as large",
      row => ({
        kg_co2e_per_unit: (row.kg_co2e_per_unit ?? 0) * 10,
        kg_co2_per_unit: null,
        kg_ch4_co2e_per_unit: null,
        kg_n2o_co2e_per_unit: null
      }),
      /factor set 2025: electricity lost on its way is 1\.0%/
    ]
  ];

  test.each(broken)("with %s is refused, with file and row", async (_, change, says) => {
    const folder = await makeDataFolder();
    const columns = factorTable.header.split(",") as (keyof FactorRow)[];
    const cell = (value: unknown) => (value === null ? "" : /,/.test(String(value)) ? `"${value}"` : String(value));
    const set = [...(sets.get(2025)?.values() ?? [])].filter(
      ({activity, unit}) => activity === "electricity" && unit === "kWh"
    );
    const made = set.filter(({line}) => line === "generation").map(row => ({...row, ...change(row)}));
    const all = [...made, ...set.filter(({line}) => line !== "generation")];
    await writeFile(
      join(folder, "council", "emission-factors.csv"),
      [factorTable.header, ...all.map(row => columns.map(name => cell(row[name])).join()), ""].join("\n")
    );
    await expect(readFactors(folder)).rejects.toThrow(says);
  });
});
